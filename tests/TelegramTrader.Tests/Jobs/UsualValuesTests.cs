using TelegramTrader.Backtests;
using TelegramTrader.Core.Backtest.Strategies;
using TelegramTrader.Jobs.Work.Kinds;

namespace TelegramTrader.Tests.Jobs;

public sealed class UsualValuesTests
{
    public static TheoryData<string> Strategies => [.. StrategyCatalog.Names];

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Grid_OfEveryStrategy_IsOneThatItTakes(string name)
    {
        var (choice, trouble) = GridChoice.Of(StrategyCatalog.Find(name)!, UsualValues.Grid(name), null, 1);
        Assert.Equal("", trouble);
        Assert.Equal(0, choice!.Skipped);
        Assert.InRange(choice.Combinations.Count, 30, 500);
    }

    [Fact]
    public void Sets_FitEveryStrategyThatHasNoUsualValues() =>
        Assert.All(StrategyCatalog.All.Where(kind => kind.Parameters.Any(parameter => parameter.Usual is null)), kind =>
            Assert.All(UsualValues.Sets, set => Assert.NotNull(ParameterValues.Of(kind, set).Values)));

    [Fact]
    public void Options_OfALine_AreNoNamesOfParameters() =>
        Assert.DoesNotContain(StrategyCatalog.All.SelectMany(kind => kind.Parameters), parameter => parameter.Name is "fee" or "cash" or "size" or "later" or "windows");
}
