using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Risk;

namespace TelegramTrader.Tests.Engine;

public sealed partial class DenialCodesTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    // Rows of the table: code, meaning, setting, default, advice.
    private static readonly string[][] Rows =
    [
        .. File.ReadAllLines(Path.Combine(Root, "docs", "denials.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)),
    ];

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
        foreach (var row in Rows.Where(row => row[2] != "–" && row[2] != "`QuoteAliases`"))
        {
            var name = row[2].Trim('`');
            Assert.StartsWith("Risk.", name, StringComparison.Ordinal);
            var property = typeof(RiskSettings).GetProperty(name[5..], BindingFlags.Public | BindingFlags.Instance);
            Assert.True(property is not null, $"{row[0]} names the setting {name}, which does not exist");
            Assert.Equal(Convert.ToString(property.GetValue(new RiskSettings()), CultureInfo.InvariantCulture), row[3]);
        }

        Assert.Equal("USD, BUSD, USDC → USDT", string.Join(", ", new EngineSettings().QuoteAliases.Keys) + " → " + new EngineSettings().QuoteAliases.Values.Distinct().Single());
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

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Form();

    [GeneratedRegex("new RuleFailure\\(\"([^\"]+)\"")]
    private static partial Regex Written();
}
