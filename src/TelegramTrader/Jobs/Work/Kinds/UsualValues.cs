namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>What is tried of a strategy when nobody says what. A test holds it against the catalogue of strategies.</summary>
internal static class UsualValues
{
    /// <summary>Values of the parameters for an optimisation: some dozens to some hundreds of combinations.</summary>
    public static IReadOnlyList<string> Grid(string strategy) => strategy switch
    {
        "sma-cross" or "ema-cross" => ["fast=5..50:5", "slow=60..200:10"],
        "rsi" => ["period=7..28:7", "low=20..40:5", "high=60..80:5"],
        "macd" => ["fast=8..16:2", "slow=20..40:5", "signal=6..12:3"],
        "bollinger" => ["period=10..60:5", "width=1..3:0.5"],
        "donchian" => ["entry=10..100:10", "exit=5..50:5"],
        "supertrend" => ["period=5..30:5", "factor=1..5:0.5"],
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Not in the catalogue of strategies."),
    };

    /// <summary>Sets of values to choose from, where a strategy has none that are usual.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Sets { get; } = [["fast=10", "slow=30"], ["fast=20", "slow=50"], ["fast=50", "slow=200"]];
}
