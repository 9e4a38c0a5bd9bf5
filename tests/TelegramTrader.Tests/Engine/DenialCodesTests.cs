using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TelegramTrader.Core.Engine;
using TelegramTrader.Settings;

namespace TelegramTrader.Tests.Engine;

public sealed partial class DenialCodesTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    private static readonly string[] Sections = File.ReadAllText(Path.Combine(Root, "docs", "denials.md")).Split("\n## ");

    // Rows of the first table: code, meaning, setting, default, advice.
    private static readonly string[][] Rows = RowsOf(Sections[1]);

    // Rows of the second: code, meaning, result, advice.
    private static readonly string[][] ParserRows = RowsOf(Sections[2]);

    [Fact]
    public void Page_EveryCode_StandsInItOnceAndInOrder() =>
        Assert.Equal(DenialCodes.All, Rows.Select(row => row[0].Trim('`')));

    [Fact]
    public void All_Codes_AreDifferentAndWellFormed()
    {
        Assert.Equal(DenialCodes.All.Count, DenialCodes.All.Distinct().Count());
        Assert.All(DenialCodes.All, code => Assert.Matches(Form(), code));
    }

    [Fact]
    public void Page_EveryRow_SaysWhatItMeansAndWhatToDo() =>
        Assert.All(Rows, row => Assert.True(row.Length == 5 && row[1].EndsWith('.') && row[4].EndsWith('.'), string.Join(" | ", row)));

    [Fact]
    public void Page_EverySetting_ExistsAndHasTheDefaultItSays()
    {
        foreach (var row in Rows.Where(row => row[2] != "–"))
        {
            var setting = SettingsCatalogue.All.SingleOrDefault(setting => setting.Key == row[2].Trim('`'));
            Assert.True(setting is not null, $"{row[0]} names the setting {row[2]}, which does not exist");
            Assert.Equal(setting.Default, row[3]);
        }
    }

    [Fact]
    public void Page_EveryCodeOfTheParser_StandsInItOnce()
    {
        var written = Directory.GetFiles(Path.Combine(Root, "src", "TelegramTrader.Core", "Signals", "Parsing"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Written().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Except(DenialCodes.All.Except(ParserRows.Select(row => row[0].Trim('`'))));
        Assert.Equal(written.Distinct().Order(StringComparer.Ordinal), ParserRows.Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal));
        Assert.All(ParserRows, row => Assert.True(row.Length == 4 && row[1].EndsWith('.') && row[2] is "malformed" or "in doubt" && row[3].EndsWith('.'), string.Join(" | ", row)));
    }

    /// <summary>No code is made up on the way: what the source writes as the code of a failure is in the list.</summary>
    [Fact]
    public void Source_EveryFailureCodeWritten_IsInTheList()
    {
        var files = Directory.GetFiles(Path.Combine(Root, "src", "TelegramTrader.Core", "Engine"), "*.cs")
            .Append(Path.Combine(Root, "src", "TelegramTrader.Core", "Signals", "VenueSymbols.cs"));
        foreach (var file in files)
            foreach (Match match in Written().Matches(File.ReadAllText(file)))
                Assert.Contains(match.Groups[1].Value, DenialCodes.All);
    }

    private static string[][] RowsOf(string section) =>
    [
        .. section.Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)),
    ];

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Form();

    [GeneratedRegex("(?:new RuleFailure\\(|const string (?:Error)?Code = )\"([^\"]+)\"")]
    private static partial Regex Written();
}
