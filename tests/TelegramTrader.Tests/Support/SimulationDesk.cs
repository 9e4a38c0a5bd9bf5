using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Tests.Support;

/// <summary>
/// The simulated exchange alone, driven by a short text: <c>buy a 2 limit 95; candle 100 101 90 92; after a: sell s 2 stop 90 reduce</c>. What it says is kept
/// as text too; a pair is <c>sell p 2 pair 110/90 reduce</c>, limit first: <c>a accepted; a 2@95 maker fee 0.038</c>.
/// </summary>
internal sealed class SimulationDesk : IEventSink
{
    private static readonly ApprovedOrder.RiskGate Gate = new(new RiskSettings(), []);
    private readonly Dictionary<string, List<string>> _after = new(StringComparer.Ordinal);
    private readonly Queue<string> _due = new();
    private readonly List<string> _said = [];
    private readonly Symbol _symbol;

    public SimulationDesk(string settings = "", IReadOnlyList<Instrument>? instruments = null)
    {
        Settings = Read(settings);
        Exchange = new SimulatedExchange(Settings, instruments ?? [Some.Instrument()], this);
        _symbol = Exchange.Instruments[0].Symbol;
        Exchange.MoveTo(Some.Time);
        Now = Some.Time;
    }

    public SimulationSettings Settings { get; }

    public SimulatedExchange Exchange { get; set; }

    /// <summary>The open time of the next candle.</summary>
    public Instant Now { get; set; }

    public string Said => string.Join("; ", _said);

    public List<EngineEvent> Events { get; } = [];

    public static SimulationDesk Run(string settings, string script, IReadOnlyList<Instrument>? instruments = null)
    {
        var desk = new SimulationDesk(settings, instruments);
        desk.Do(script);
        return desk;
    }

    public void Do(string script)
    {
        foreach (var step in script.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            Step(step);
    }

    public void Post(EngineEvent engineEvent)
    {
        Events.Add(engineEvent);
        var text = engineEvent switch
        {
            EngineEvent.OrderAnswered { Answer: OrderAnswer.Accepted } answered => $"{answered.OrderId} accepted",
            EngineEvent.OrderAnswered { Answer: OrderAnswer.Rejected rejected } answered => $"{answered.OrderId} {rejected.Error.Kind} {rejected.Error.Code}",
            EngineEvent.OrderAnswered { Answer: OrderAnswer.Cancelled cancelled } answered => $"{answered.OrderId} cancelled{(cancelled.Reason.StartsWith("reduce-only", StringComparison.Ordinal) ? " reduce-only" : "")}",
            EngineEvent.OrderAnswered { Answer: OrderAnswer.CancelRefused refused } answered => $"{answered.OrderId} cancel refused {refused.Error.Kind}",
            EngineEvent.OrderFilled { Fill: var fill } => $"{fill.OrderId} {fill.Quantity}@{fill.Price} {(fill.IsMaker ? "maker" : "taker")}{(fill.Fee.Amount == 0m ? "" : $" fee {Text(fill.Fee.Amount)}")}{(fill.TargetInSameCandle ? " conflict" : "")}",
            EngineEvent.FundingPaid paid => $"funding {Text(paid.Amount.Amount)}",
            EngineEvent.PositionLiquidated liquidated => $"liquidated @{liquidated.Price} fee {Text(liquidated.Fee.Amount)}",
            EngineEvent.QuoteReceived => null,
            _ => engineEvent.GetType().Name,
        };
        if (text is null)
            return;
        _said.Add(text);
        if (engineEvent is EngineEvent.OrderFilled filled && _after.Remove(filled.Fill.OrderId.Value, out var steps))
            steps.ForEach(_due.Enqueue);
    }

    /// <summary>Goes through candles to their end; what was to follow a fill is done right after the step in which it was filled.</summary>
    public void Walk(params (Symbol Symbol, Candle Candle)[] candles)
    {
        Exchange.Begin(candles);
        for (var steps = 0; Exchange.Advance(); steps++)
        {
            Assert.True(steps < 1000, "more than a thousand steps in one candle");
            while (_due.TryDequeue(out var due))
                Step(due);
        }

        Now = candles[0].Candle.CloseTime;
        Exchange.MoveTo(Now);
    }

    private void Step(string step)
    {
        var words = step.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "buy" or "sell":
                Exchange.Place(Approved(Intent(words)));
                break;
            case "cancel":
                Exchange.Cancel(_symbol, new ClientOrderId(words[1]));
                break;
            case "candle":
                Walk((_symbol, Some.Candle(Number(words[1]), Number(words[2]), Number(words[3]), Number(words[4]), words.Length > 5 ? Number(words[5]) : 1_000_000m, Now)));
                break;
            case "quote":
                Exchange.OnQuote(Some.Quote(Number(words[1]), Number(words[^1]), _symbol, Exchange.Clock));
                while (_due.TryDequeue(out var due))
                    Step(due);
                break;
            case "time":
                Exchange.MoveTo(Exchange.Clock + TimeSpan.FromMilliseconds((double)Number(words[1])));
                break;
            case "fund":
                Exchange.Fund(_symbol, Number(words[1]), Exchange.Clock);
                break;
            case "after":
                var name = words[1].TrimEnd(':');
                (_after.TryGetValue(name, out var list) ? list : _after[name] = []).Add(string.Join(' ', words[2..]));
                break;
            default:
                throw new FormatException($"'{step}' is not a step.");
        }
    }

    private OrderIntent Intent(string[] words)
    {
        var price = words.Length > 4 && decimal.TryParse(words[4], NumberStyles.Float, CultureInfo.InvariantCulture, out var named) ? new Price(named) : (Price?)null;
        var leverage = words.FirstOrDefault(word => word[0] == 'x' && word.Length > 1) is { } times ? Number(times[1..]) : 1m;
        return new OrderIntent
        {
            Id = new ClientOrderId(words[1]),
            Account = Settings.Account,
            Symbol = words.FirstOrDefault(word => word.StartsWith("in=", StringComparison.Ordinal)) is { } symbol ? Symbol.Parse(symbol[3..]) : _symbol,
            Side = words[0] == "buy" ? OrderSide.Buy : OrderSide.Sell,
            Kind = words[3] switch
            {
                "market" => new OrderKind.Market(),
                "limit" => new OrderKind.Limit(price!.Value),
                "stop" => new OrderKind.StopMarket(price!.Value),
                "take" => new OrderKind.TakeProfitMarket(price!.Value),
                "pair" => Pair(words[4]),
                _ => throw new FormatException($"'{words[3]}' is not a kind of order."),
            },
            Quantity = new Quantity(Number(words[2])),
            ReduceOnly = words.Contains("reduce"),
            TradeNumber = 1,
            Purpose = new OrderPurpose.Entry(0),
            Leverage = leverage,
        };
    }

    private static OrderKind.OneCancelsOther Pair(string prices) => new(new Price(Number(prices.Split('/')[0])), new Price(Number(prices.Split('/')[1])));

    /// <summary>Approved by a gate without rules for an account so rich that no test's order is too large.</summary>
    private static ApprovedOrder Approved(OrderIntent intent) => intent.ReduceOnly
        ? Gate.ApproveReducing(intent)
        : Gate.ApproveEntry(Gate.Decide(Proposals.Plan(), Proposals.Portfolio(1_000_000_000_000m)), intent);

    private static SimulationSettings Read(string settings)
    {
        var read = PaperDesk.Frictionless;
        foreach (var word in settings.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (word.Split('=')[0], Number(word.Split('=')[1]));
            read = name switch
            {
                "maker" => read with { MakerFee = value },
                "taker" => read with { TakerFee = value },
                "spread" => read with { Spread = value },
                "base" => read with { BaseSlippage = value },
                "full" => read with { SlippageAtFullVolume = value },
                "part" => read with { ParticipationRate = value },
                "latency" => read with { Latency = TimeSpan.FromMilliseconds((double)value) },
                "liquidation" => read with { LiquidationFee = value },
                "balance" => read with { StartingBalance = new Money(value, "USDT") },
                _ => throw new FormatException($"'{name}' is not a setting."),
            };
        }

        return read;
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(decimal value) => value.ToString("0.##############", CultureInfo.InvariantCulture);
}
