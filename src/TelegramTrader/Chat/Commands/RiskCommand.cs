using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class RiskCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    public override string Name => "risk";

    public override string Help => "the limits and how much of them is used";

    public override CommandGroup Group => CommandGroup.See;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var snapshot = await Desk.SnapshotAsync();
        var risk = Desk.Settings.Risk;
        var text = new AnswerBuilder();
        if (snapshot is { Equity: { Amount: > 0m } equity, OpenRisk: { } openRisk })
        {
            var exposure = snapshot.Trades.Aggregate(Money.Zero(equity.Asset), (sum, view) => sum + TradeExposures.Notional(view.Trade));
            Loss(text, "Loss of the day", snapshot.Day, equity, risk.DailyLoss);
            Loss(text, "Loss of the week", snapshot.Week, equity, risk.WeeklyLoss);
            text.Line($"Open risk {Formats.Money(openRisk)} = {Formats.Percent(openRisk / equity)} of {Formats.Percent(risk.TotalOpenRisk)}");
            text.Line($"Exposure {Formats.Money(exposure)} = {Formats.Number(exposure / equity)} of {Formats.Number(risk.TotalExposure)} × equity");
        }
        else
        {
            text.Line("The equity is not known, so nothing can be entered.");
        }

        text.Line($"Positions and waiting entries {snapshot.Trades.Count} of {risk.PositionsAtOnce}; per channel {risk.PositionsPerChannel}, per symbol {risk.PositionsPerSymbol}");
        foreach (var channel in snapshot.Trades.GroupBy(view => view.Trade.Signal.Channel.Value).OrderBy(group => group.Key, StringComparer.Ordinal))
            text.Line($"  {channel.Key}: {channel.Count()} of {risk.PositionsPerChannel}");
        return text
            .Blank()
            .Line($"A trade risks {Formats.Percent(risk.RiskPerTrade)} of the equity between entry and stop, at most {Formats.Percent(risk.HighestRiskPerTrade)} when its post asks for more")
            .Line($"Leverage at most {Formats.Number(risk.LeverageCap)}x; one position at most {Formats.Number(risk.LargestPosition)} × equity")
            .Line($"Posts up to {Formats.Age(risk.OldestSignal)} old; reward to risk at least {Formats.Number(risk.LeastRewardToRisk)}; stop {Formats.Percent(risk.NearestStop)} to {Formats.Percent(risk.FarthestStop)} away")
            .Line($"Without stop or target in the post: {Formats.Percent(Desk.Settings.DefaultStop)} and {Formats.Percent(Desk.Settings.DefaultTarget)} from the entry")
            .Build();
    }

    private void Loss(AnswerBuilder text, string name, LossBaseline? baseline, Money equity, decimal limit)
    {
        if (baseline is null)
            return;
        var loss = baseline.LossAt(equity);
        text.Line($"{name} {Formats.Percent(Math.Max(0m, loss))} of {Formats.Percent(limit)}, against {Formats.Money(baseline.Equity)} since {Formats.ShortTime(baseline.Since)}, open loss counted{(baseline.LimitReached ? " – LIMIT REACHED, no entries until it ends" : "")}");
    }
}
