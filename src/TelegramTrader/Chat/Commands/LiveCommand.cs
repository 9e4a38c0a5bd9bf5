using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Risk;
using TelegramTrader.Exchanges;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

/// <summary>The last lock before real money: shows the account, its limits and every check, and opens only when none has a cross and an admin says yes.</summary>
public sealed class LiveCommand(TradingDesk desk, Formats formats, DeskParts parts, LatestQuotes quotes, IServiceProvider services, TimeProvider time) : ChatCommand(desk, formats)
{
    public override string Name => "live";

    public override string Arguments => "[yes|off]";

    public override string Help => "confirm trading with real money, after all checks; off ends it";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Admin;

    public override CommandEffect Effect => CommandEffect.RaisesRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (parts.Live is not { Exchange: not null } live || services.GetService(typeof(ExchangeParts)) is not ExchangeParts exchange)
            return ChatAnswer.Of("This bot trades on paper. For live trading set Mode to live and Exchange:Name, add your keys with the verb keys add, and start it again.");
        switch (request.Arguments)
        {
            case []:
                return await ShowAsync(request, exchange, cancellation);
            case ["off"]:
                exchange.Lock.Close();
                await Desk.CommandAsync(new OperatorCommand.SetTrading(TradingMode.ReducingOnly, "/live off", null) { Id = request.Id, By = By(request), ByAdmin = true });
                return ChatAnswer.Of("Live trading is locked: no new entries. Positions stay managed. Entries that wait at the exchange stay and may still be filled; /close NUMBER withdraws one. /live opens it again.");
            case ["yes"] when !request.IsConfirmed:
                return await ShowAsync(request, exchange, cancellation);
            case ["yes"]:
                return await OpenAsync(request, live, exchange, cancellation);
            default:
                return Usage($"'{request.Text}' is not known.");
        }
    }

    private async Task<ChatAnswer> ShowAsync(ChatRequest request, ExchangeParts exchange, CancellationToken cancellation)
    {
        var findings = await ExchangeChecks.LookAsync(exchange.Session, hasKeys: true, exchange.WatchedStops, cancellation);
        var risk = Desk.Settings.Risk;
        var text = new AnswerBuilder()
            .Heading($"Live trading on {exchange.Account.Id}{(exchange.Account.Sandbox ? " (test network)" : "")}: {(exchange.Lock.IsOpen ? "confirmed" : "locked")}")
            .Line($"Risk per trade {Formats.Percent(risk.RiskPerTrade)} of equity, at most {risk.PositionsAtOnce} positions, leverage up to {Formats.Number(risk.LeverageCap)}x")
            .Line($"Exposure up to {Formats.Percent(risk.TotalExposure)}, open risk up to {Formats.Percent(risk.TotalOpenRisk)}")
            .Line($"No new entries after a loss of {Formats.Percent(risk.DailyLoss)} in a day or {Formats.Percent(risk.WeeklyLoss)} in a week");
        foreach (var finding in findings)
            text.Line(finding.Line);
        if (exchange.Lock.IsOpen)
            return text.Buttons(new ChatButton("Lock", new ButtonData.Run("/live off").ToString())).Build();
        if (findings.Any(finding => !finding.IsWell))
            return text.Bold("It can be confirmed when no check has a cross.").EndRow().Build();
        text.Bold($"From a yes on, signals are traded with real money on {exchange.Account.Id}.").EndRow();
        if (exchange.Account.HoldsStops)
            text.Line("Before that a stop is placed far from the market and withdrawn, to see that it works.");
        else
            text.Bold(WatchedStopsText.Accepted).EndRow().Line("Before that the smallest order is placed far below the market and withdrawn, to see that it works.");
        return Confirmation.Ask(text, request, "Yes, trade live", "/live yes").Build();
    }

    private async Task<ChatAnswer> OpenAsync(ChatRequest request, LiveMarket live, ExchangeParts exchange, CancellationToken cancellation)
    {
        var findings = (await ExchangeChecks.LookAsync(exchange.Session, hasKeys: true, exchange.WatchedStops, cancellation)).ToList();
        if (findings.All(finding => finding.IsWell))
            findings.Add(exchange.Account.HoldsStops
                ? await ExchangeChecks.TestStopAsync(exchange.Session, exchange.Markets.All, QuoteAsync, time, cancellation)
                : await ExchangeChecks.TestOrderAsync(exchange.Session, exchange.Markets.All, QuoteAsync, time, cancellation));
        if (findings.Where(finding => !finding.IsWell).ToArray() is { Length: > 0 } wrong)
        {
            var text = new AnswerBuilder().Bold("Live trading stays locked.").EndRow();
            foreach (var finding in wrong)
                text.Line($"✗ {finding.Name}: {finding.Text}");
            return text.Build();
        }

        exchange.Lock.Open();
        var result = await Desk.CommandAsync(new OperatorCommand.SetTrading(TradingMode.Active, "/live", null) { Id = request.Id, By = By(request), ByAdmin = true });
        return result is OperatorResult.Done
            ? ChatAnswer.Of([$"LIVE: signals are traded with real money on {exchange.Account.Id} from now on.", .. exchange.Account.HoldsStops ? Array.Empty<string>() : ["⚠ " + WatchedStopsText.Danger], "/live off or /stop ends it; /panic is the emergency stop."])
            : Result(result);

        async Task<Quote?> QuoteAsync(Symbol symbol)
        {
            await live.Feed.EnsureAsync([symbol], cancellation);
            return quotes.Of(symbol);
        }
    }
}
