using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>The figures of a complete draft, as the checks look at them.</summary>
internal sealed record SignalFigures(SignalDraft Draft, PairName Pair, TradeSide Side, EntryPlan Entry)
{
    public IReadOnlyList<Price> Entries { get; } = Entry.Prices;

    public IReadOnlyList<Price> Targets { get; } = [.. Draft.Targets.OfType<TargetPlan.AtPrice>().Select(target => target.Price)];

    public Price? Stop { get; } = (Draft.Stop as StopPlan.AtPrice)?.Price;

    public string SideWord => Side == TradeSide.Long ? "long" : "short";

    /// <summary>Whether the first price lies on the losing side of the second.</summary>
    public bool IsWorse(Price first, Price second) => Side == TradeSide.Long ? first < second : first > second;
}
