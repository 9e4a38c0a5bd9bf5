using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>Posts of our own invention, by dialect, each with its expected result.</summary>
public sealed class SignalParserCaseTests
{
    public static TheoryData<ParserCase> Cases() => [.. CaseFiles.All()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Parse_OwnPost_GivesExpectedResult(ParserCase item)
    {
        var result = new SignalParser().Parse(Some.Post(item.Post, item.IsReply), ParseContext.TextOnly);

        Assert.Equal(item.Expected, ResultSummary.Of(result));
    }

    [Fact]
    public void Cases_AllFiles_HaveExpectationsAndDifferentNames()
    {
        var cases = CaseFiles.All().ToList();

        Assert.True(cases.Count >= 120, $"only {cases.Count} cases");
        Assert.All(cases, item => Assert.NotEqual("", item.Expected));
        Assert.Equal(cases.Count, cases.Select(item => item.ToString()).Distinct().Count());
    }
}
