using System.Text.RegularExpressions;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Architecture;

public sealed partial class DocumentsTests
{
    [Fact]
    public void LifeOfASignal_EveryFileItNames_Exists()
    {
        var named = SourceFile().Matches(File.ReadAllText(ProjectFolder.Path("docs", "life-of-a-signal.md"))).Select(match => match.Groups[1].Value).Distinct().ToArray();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(File.Exists(ProjectFolder.Path(["src", .. Expanded(name).Split('/')])), $"{name} does not exist"));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/life-of-a-signal.md")]
    [InlineData("docs/parser.md")]
    [InlineData("docs/requirements.md")]
    public void Page_EveryLinkWithinTheProject_LeadsSomewhere(string page)
    {
        var folder = Path.GetDirectoryName(ProjectFolder.Path(page.Split('/')))!;
        foreach (Match match in Link().Matches(File.ReadAllText(ProjectFolder.Path(page.Split('/')))))
            if (!match.Groups[1].Value.Contains("://", StringComparison.Ordinal))
                Assert.True(Path.Exists(Path.Combine(folder, match.Groups[1].Value)), $"{page} links to {match.Groups[1].Value}");
    }

    private static string Expanded(string name) => name.Split('/')[0] switch
    {
        "Core" => "TelegramTrader.Core" + name["Core".Length..],
        "Connectors" => "TelegramTrader.Connectors" + name["Connectors".Length..],
        _ => "TelegramTrader" + name["App".Length..],
    };

    [GeneratedRegex("`((?:Core|Connectors|App)/[\\w/]+\\.cs)`")]
    private static partial Regex SourceFile();

    [GeneratedRegex(@"\]\(([^)#]+)\)")]
    private static partial Regex Link();
}
