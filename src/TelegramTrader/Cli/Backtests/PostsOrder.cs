using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary>What the verbs that judge posts over prices of the past have in common.</summary>
internal abstract record PostsOrder
{
    public string? SettingsFile { get; init; }

    public string? Channel { get; init; }

    /// <summary>Empty for those of the data folder.</summary>
    public IReadOnlyList<string> Candles { get; init; } = [];

    public IReadOnlyList<string> Finer { get; init; } = [];

    public IReadOnlyList<string> Funding { get; init; } = [];

    public Instant? From { get; init; }

    public Instant? To { get; init; }

    public TimeSpan Delay { get; init; }

    public IReadOnlyList<TimeSpan> DelaySweep { get; init; } = [];

    /// <summary>One account with its limits; else each signal alone.</summary>
    public required bool WithLimits { get; init; }

    public Timeframe Timeframe { get; init; } = Timeframe.OneMinute;

    public string? Csv { get; init; }

    public bool AsJson { get; init; }

    public ChartFile? Chart { get; init; }
}
