using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>Posts of our own invention, by dialect, each with its expected result.</summary>
public sealed class SignalParserCaseTests
{
    private const int FewestCases = 250;
    private static readonly Dictionary<string, ParserCase> ByName = CaseFiles.All().ToDictionary(item => item.ToString());

    public static TheoryData<string> Names() => [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_OwnPost_GivesExpectedResult(string name)
    {
        var item = ByName[name];

        var result = new SignalParser().Parse(Some.Post(item.Post, item.IsReply), ParseContext.TextOnly);

        Assert.Equal(item.Expected, ResultSummary.Of(result));
    }

    [Fact]
    public void Cases_AllFiles_HaveExpectations()
    {
        Assert.True(ByName.Count >= FewestCases, $"only {ByName.Count} cases");
        Assert.All(ByName.Values, item => Assert.NotEqual("", item.Expected));
    }
}
