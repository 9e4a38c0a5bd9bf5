using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Market;
using TelegramTrader.Exchanges;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

/// <summary>What the connected exchange charges, requires and can do.</summary>
public sealed class ExchangesCommand(TradingDesk desk, Formats formats, IServiceProvider services) : ChatCommand(desk, formats)
{
    public override string Name => "exchanges";

    public override string Arguments => "[SYMBOL]";

    public override string Help => "the connected exchange: what it charges, requires and can do";

    public override CommandGroup Group => CommandGroup.Keep;

    public override Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (services.GetService(typeof(ExchangeParts)) is not ExchangeParts exchange)
            return Task.FromResult(ChatAnswer.Of("No exchange is connected. Set Exchange:Name, for example to binance, and Market:Source to exchange; public prices need no account."));
        return Task.FromResult(request.Arguments.Count > 0 ? OfSymbol(exchange, request.Arguments[0]) : Overview(exchange));
    }

    private ChatAnswer Overview(ExchangeParts exchange)
    {
        var account = exchange.Account;
        var instruments = exchange.Markets.All;
        var text = new AnswerBuilder().Heading($"{account.Exchange}{(account.Sandbox ? " (test network)" : "")}, {(account.Kind == ExchangeMarketKind.Swap ? "perpetual contracts" : "spot")} in {account.QuoteAsset}");
        switch (exchange.Session.State)
        {
            case SessionState.Open { Abilities: var abilities }:
                text.Line($"Connected; its clock is {Math.Abs(exchange.Session.ClockOffset?.TotalMilliseconds ?? 0):0} ms off ours")
                    .Line($"{(abilities.HoldsStops ? "✓ holds stops" : "✗ can't hold stops")} · {(abilities.IsSpot ? account.HoldsStops ? Pairs(instruments) : "spot: targets rest, the bot watches the stops" : abilities.ReduceOnly ? "✓ reduce-only orders" : "✗ no reduce-only orders")} · {(abilities.ClientOrderIds ? "✓ our order ids" : "✗ no order ids of ours")}");
                if (LiveObstacle.Of(account, abilities, exchange.WatchedStops) is { } obstacle)
                    text.Line($"On paper only: {obstacle}.");
                else if (!account.HoldsStops)
                    text.Line("⚠ " + WatchedStopsText.Danger);
                break;
            case SessionState.Closed closed:
                text.Line($"Not connected: {closed.Reason}");
                break;
        }

        text.Line($"{instruments.Count} symbols listed");
        if (instruments.Count > 0)
        {
            text.Line($"Fees: taker {Fees(instruments.Select(instrument => instrument.TakerFee))}, maker {Fees(instruments.Select(instrument => instrument.MakerFee))}");
            text.Line($"Smallest order: {Formats.Number(instruments.Min(instrument => instrument.MinimumNotional))} to {Formats.Number(instruments.Max(instrument => instrument.MinimumNotional))} {account.QuoteAsset} by symbol");
        }

        text.Line($"Requests waiting: {exchange.Budget.WaitingCount}");
        return text.Line("/exchanges SYMBOL shows one symbol.").Build();
    }

    private ChatAnswer OfSymbol(ExchangeParts exchange, string name)
    {
        var wanted = name.ToUpperInvariant();
        var instrument = exchange.Markets.All.FirstOrDefault(known => known.Symbol.ToString() == wanted || known.Symbol.Pair == wanted || known.Symbol.Base + known.Symbol.Quote == wanted || known.Symbol.Base == wanted);
        if (instrument is null)
            return ChatAnswer.Of($"{exchange.Account.Exchange} does not list {name}.");
        return new AnswerBuilder()
            .Heading(instrument.Symbol.ToString())
            .Line($"Price in steps of {Formats.Exact(instrument.PriceTick)}, quantity in steps of {Formats.Exact(instrument.QuantityStep)}")
            .Line($"At least {Formats.Exact(instrument.MinimumQuantity.Value)} and {Formats.Exact(instrument.MinimumNotional)} {instrument.QuoteAsset}{(instrument.MaximumQuantity is { } largest ? $", at most {Formats.Exact(largest.Value)} in one order" : "")}; one contract is {Formats.Exact(instrument.ContractSize)} {instrument.Symbol.Base}")
            .Line(instrument.Symbol.IsPerpetual ? $"Leverage up to {Formats.Exact(instrument.MaximumLeverage)}x" : instrument.HoldsPairs ? "Stop and target for the same coins are taken as a pair" : "Stop and target take turns for the same coins")
            .Line($"Fees: taker {Fees([instrument.TakerFee])}, maker {Fees([instrument.MakerFee])}")
            .Build();
    }

    private static string Pairs(IReadOnlyCollection<Instrument> instruments) => instruments.Count(instrument => instrument.HoldsPairs) switch
    {
        0 => "spot: stop and target take turns",
        var pairs when pairs == instruments.Count => "spot: stop and target as pairs",
        var pairs => $"spot: stop and target as pairs in {pairs} symbols, in turns in the others",
    };

    private string Fees(IEnumerable<decimal?> fees)
    {
        var known = fees.OfType<decimal>().Distinct().Order().ToArray();
        return known.Length switch { 0 => "not told", 1 => Formats.Percent(known[0]), _ => $"{Formats.Percent(known[0])} to {Formats.Percent(known[^1])}" };
    }
}
