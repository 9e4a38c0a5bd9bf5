namespace TelegramTrader.Core.Backtest.Strategies;

/// <summary>All strategies there are. A new one is a file with its <see cref="StrategyKind"/> and a name here.</summary>
public static class StrategyCatalog
{
    public static IReadOnlyList<StrategyKind> All { get; } =
    [
        CrossStrategy.Kind, EmaCrossStrategy.Kind, RsiStrategy.Kind, MacdStrategy.Kind, BollingerStrategy.Kind, DonchianStrategy.Kind, SupertrendStrategy.Kind,
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(kind => kind.Name)];

    /// <summary>Null when there is none of that name.</summary>
    public static StrategyKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
