using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Profiles;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Scenarios;

/// <summary>
/// The engine alone, told everything by hand: no exchange answers by itself, so that every odd order of answers can be told as a story.
/// Keeps what was committed, and restarts from that and nothing else.
/// </summary>
internal sealed class ScenarioDesk
{
    private static readonly IReadOnlyList<Instrument> Listed =
    [
        Some.Instrument(), Some.Instrument("ETH/USDT:USDT"), Some.Instrument("SOL/USDT:USDT", tick: 0.01m, step: 0.1m), Some.Instrument("BTC/USDT"),
        Some.Instrument("1000PEPE/USDT:USDT", tick: 0.0000001m, step: 1m), Some.Instrument("ETH/BTC", tick: 0.00001m, step: 0.001m, minimumNotional: 0.0001m),
    ];

    private readonly ScriptedParser _parser = new();
    private readonly Dictionary<long, (ChannelMessage Message, int Revision)> _posts = [];
    private readonly StoredCommits _stored = new();
    private EngineSettings _settings = new();
    private ExchangeCapabilities _capabilities = new(HoldsStops: true);
    private bool _holdsPairs;
    private bool _amendsStops;
    private TradingEngine? _engine;
    private Instant _now = Some.Time;
    private int _fills;

    private IReadOnlyList<Instrument> Instruments => [.. Listed.Select(instrument => instrument with { AmendsStops = _amendsStops })];

    public TradingEngine Engine => _engine ??= new TradingEngine(new EngineState(), _settings, _parser, _capabilities);

    /// <summary>Carries out one line and gives what came of it.</summary>
    public IReadOnlyList<string> Do(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words[0][0] == '+')
        {
            _now += SignalLine.Span(words[0][1..]);
            words = words[1..];
        }

        switch (words[0])
        {
            case "settings":
                _amendsStops |= words.Contains("amends-stops=yes");
                _settings = ScenarioSettings.Read([.. words[1..].Where(word => word != "amends-stops=yes")], _settings, ref _capabilities, ref _holdsPairs);
                return [];
            case "restart":
                _engine = new TradingEngine(_stored.Restore(), _settings, _parser, _capabilities);
                return [];
            case "show":
                return [.. ScenarioPrinter.Show(Engine.State)];
            case "limits":
                return [.. ScenarioPrinter.Limits(Engine.State)];
            case "accept" when words is [_, "all"]:
                return [.. Engine.State.Orders.Values.Where(order => order.State is OrderState.Intended).ToArray().SelectMany(order => Answer(order.Id, new OrderAnswer.Accepted("x")))];
            case "cancelled" when words is [_, "all"]:
                return [.. Engine.State.Orders.Values.Where(order => order.State is OrderState.CancelRequested).ToArray().SelectMany(order => Answer(order.Id, new OrderAnswer.Cancelled("withdrawn")))];
            default:
                return Handle(Event(words));
        }
    }

    /// <summary>What can be traded; spot with pairs (OCO) where the story wants them.</summary>
    private Instrument[] Markets() => [.. Instruments.Select(instrument => instrument with { HoldsPairs = _holdsPairs && !instrument.Symbol.IsPerpetual })];

    private List<string> Answer(ClientOrderId id, OrderAnswer answer) => Handle(new EngineEvent.OrderAnswered(id, answer) { At = _now });

    private List<string> Handle(EngineEvent engineEvent)
    {
        var changed = Engine.Handle(engineEvent);
        var printed = ScenarioPrinter.Print(Engine).ToList();
        Assert.True(changed || printed.Count == 0, "the engine has outputs and says that nothing changed");
        if (changed)
            _stored.Commit(Engine);
        EngineInvariants.Check(Engine, printed);
        return printed;
    }

    private EngineEvent Event(string[] words)
    {
        switch (words[0])
        {
            case "begin":
                // What every story begins with: what can be traded is told, and the account says that it is empty and has 10,000.
                Handle(new EngineEvent.InstrumentsReported(Some.Account, Markets()) { At = _now });
                foreach (var (symbol, price) in new[] { ("BTC", 1000m), ("ETH", 100m), ("SOL", 10m), ("BTC/USDT", 1000m), ("1000PEPE", 0.01m), ("ETH/BTC", 0.1m) })
                    Handle(new EngineEvent.QuoteReceived(Some.Quote(price, price, ScenarioNames.Symbol(symbol), _now)) { At = _now });
                return new EngineEvent.AccountReported(new AccountReport(Some.Account, new Money(10_000m, "USDT"), [], [], [], [], [])) { At = _now };
            case "instruments":
                // instruments | instruments without BTC BTC/USDT
                var gone = words.Skip(2).Select(ScenarioNames.Symbol).ToHashSet();
                return new EngineEvent.InstrumentsReported(Some.Account, [.. Markets().Where(instrument => !gone.Contains(instrument.Symbol))]) { At = _now };
            case "quote":
                var (quoted, prices) = char.IsAsciiDigit(words[1][0]) && words[1].All(character => char.IsAsciiDigit(character) || character == '.') ? (Some.Btc, words[1..]) : (ScenarioNames.Symbol(words[1]), words[2..]);
                return new EngineEvent.QuoteReceived(Some.Quote(SignalLine.Number(prices[0]), SignalLine.Number(prices[^1]), quoted, _now)) { At = _now };
            case "candle":
                return new EngineEvent.CandleClosed(Some.Btc, Some.Candle(SignalLine.Number(words[1]), SignalLine.Number(words[2]), SignalLine.Number(words[3]), SignalLine.Number(words[4]), time: _now - TimeSpan.FromMinutes(1))) { At = _now };
            case "time":
                return new EngineEvent.TimePassed { At = _now };
            case "post" or "edit" or "delete" or "again":
                return new EngineEvent.MessageReceived(Message(words)) { At = _now };
            case "confirm":
                // confirm COMMAND post 5 : alert long BTC
                return new EngineEvent.OperatorCommanded(new OperatorCommand.TradePost(Message(words[2..])) { Id = words[1], By = "ann" }) { At = _now };
            case "accept":
                return new EngineEvent.OrderAnswered(Order(words[1]), new OrderAnswer.Accepted("x-" + words[1])) { At = _now };
            case "reject":
                return new EngineEvent.OrderAnswered(Order(words[1]), new OrderAnswer.Rejected(Error(words[2]))) { At = _now };
            case "cancelled":
                return new EngineEvent.OrderAnswered(Order(words[1]), new OrderAnswer.Cancelled(words.Length > 2 ? string.Join(' ', words[2..]) : "withdrawn")) { At = _now };
            case "cancel-refused":
                return new EngineEvent.OrderAnswered(Order(words[1]), new OrderAnswer.CancelRefused(Error(words[2]))) { At = _now };
            case "amended":
                return new EngineEvent.OrderAnswered(Order(words[1]), new OrderAnswer.Amended(ChangeOf(words))) { At = _now };
            case "amend-refused":
                return new EngineEvent.OrderAnswered(Order(words[1]), new OrderAnswer.AmendRefused(ChangeOf(words), Error(words[2]))) { At = _now };
            case "amend-unknown":
                return new EngineEvent.OrderAnswered(Order(words[1]), new OrderAnswer.AmendUnknown(ChangeOf(words), "time-out")) { At = _now };
            case "unknown":
                return new EngineEvent.OrderAnswered(Order(words[1]), new OrderAnswer.OutcomeUnknown("time-out")) { At = _now };
            case "not-found":
                return new EngineEvent.OrderAnswered(Order(words[1]), new OrderAnswer.NotFound()) { At = _now };
            case "fill":
                var fill = Fill(words[1..]);
                return new EngineEvent.OrderFilled(fill, After(words, "wallet") is { } wallet ? new Money(SignalLine.Number(wallet), "USDT") : null) { At = _now };
            case "funding":
                return Funding(words[1..]);
            case "liquidated":
                return Liquidation(words[1..]);
            case "report":
                return new EngineEvent.AccountReported(Report(string.Join(' ', words[1..]))) { At = _now };
            case "open-orders":
                return new EngineEvent.OpenOrdersReported(Some.Account, [.. string.Join(' ', words[1..]).Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(InList)]) { At = _now };
            case "foreign-not-withdrawn":
                return new EngineEvent.ForeignOrderNotWithdrawn(Some.Account, ScenarioNames.Symbol(words[1]), words[2], Error(words[3])) { At = _now };
            case "report-failed":
                return new EngineEvent.AccountReportFailed(Some.Account, Error(words[1])) { At = _now };
            case "command":
                return new EngineEvent.OperatorCommanded(Command(words)) { At = _now };
            case "feed-lost":
                return new EngineEvent.FeedLost(words[1], string.Join(' ', words[2..])) { At = _now };
            case "feed-restored":
                return new EngineEvent.FeedRestored(words[1]) { At = _now };
            default:
                throw new FormatException($"'{words[0]}' is not in the language of scenarios.");
        }
    }

    /// <summary>post ID [from=CHANNEL] [reply=ID] [age=5m] : what the parser makes of it. An edit is the next revision of the post, again the same one once more.</summary>
    private ChannelMessage Message(string[] words)
    {
        var id = long.Parse(words[1], CultureInfo.InvariantCulture);
        if (words[0] == "again")
            return _posts[id].Message;
        var revision = words[0] == "post" ? 1 : _posts.TryGetValue(id, out var known) ? known.Revision + 1 : 2;
        var text = $"post {id} revision {revision}";
        var head = words.TakeWhile(word => word != ":").ToArray();
        if (words[0] != "delete")
            _parser.Teach(text, SignalLine.Read(string.Join(' ', words[(head.Length + 1)..])));
        var postedAt = After(head, "age=") is { } age ? _now - SignalLine.Span(age) : _now;
        var message = Some.Message(
            words[0] == "delete" ? "" : text, id, After(head, "from=") ?? "@alpha", postedAt, After(head, "reply=") is { } reply ? long.Parse(reply, CultureInfo.InvariantCulture) : null, revision,
            words[0] switch { "post" => MessageChange.Posted, "edit" => MessageChange.Edited, _ => MessageChange.Deleted }) with { ReceivedAt = _now };
        _posts[id] = (message, revision);
        return message;
    }

    /// <summary>1:e0-1 5 @ 1000 [fee 0.5] [id f7] [BTC sell, for an order that is not ours]</summary>
    private Fill Fill(string[] words)
    {
        var id = Order(words[0]);
        var intent = Engine.State.Orders.TryGetValue(id, out var order) ? order.Intent : null;
        return new Fill
        {
            FillId = After(words, "id") ?? "f" + (++_fills).ToString(CultureInfo.InvariantCulture),
            Account = Some.Account,
            OrderId = id,
            Symbol = intent?.Symbol ?? Some.Btc,
            Side = intent?.Side ?? OrderSide.Sell,
            Price = new Price(SignalLine.Number(words[3])),
            Quantity = new Quantity(SignalLine.Number(words[1])),
            Fee = new Money(After(words, "fee") is { } fee ? SignalLine.Number(fee) : 0m, After(words, "in") ?? "USDT"),
            IsMaker = false,
            HappenedAt = _now,
        };
    }

    /// <summary>BTC -1.5 id p1</summary>
    private EngineEvent.FundingPaid Funding(string[] words) => new(
        Some.Account, ScenarioNames.Symbol(words[0]), After(words, "id") ?? throw new FormatException("A payment has an id."),
        new Money(SignalLine.Number(words[1]), "USDT"), 0.0001m, null) { At = After(words, "ago") is { } ago ? _now - SignalLine.Span(ago) : _now };

    /// <summary>BTC @ 670 fee 10 id L1</summary>
    private EngineEvent.PositionLiquidated Liquidation(string[] words) => new(
        Some.Account, ScenarioNames.Symbol(words[0]), After(words, "id") ?? throw new FormatException("A liquidation has an id."),
        new Price(SignalLine.Number(words[2])), new Money(After(words, "fee") is { } fee ? SignalLine.Number(fee) : 0m, "USDT"), null) { At = _now };

    /// <summary>wallet 10000 | order 1:e0-1 working | order 1:s-1 filled | fill 1:e0-1 5 @ 1000 | position BTC long 5 | coin BTC 4.995 | funding BTC -1 id p | liquidated BTC @ 9 id L</summary>
    private AccountReport Report(string text)
    {
        var wallet = new Money(10_000m, "USDT");
        Dictionary<string, decimal>? coins = null;
        Instant? begunAt = null;
        var (orders, fills, positions, funding, liquidations) = (new List<ReportedOrder>(), new List<Fill>(), new List<ReportedPosition>(), new List<EngineEvent.FundingPaid>(), new List<EngineEvent.PositionLiquidated>());
        foreach (var part in text.Split('|', StringSplitOptions.TrimEntries))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "wallet":
                    wallet = new Money(SignalLine.Number(words[1]), "USDT");
                    break;
                case "begun":
                    // "begun 5s": so long ago.
                    begunAt = _now - SignalLine.Span(words[1]);
                    break;
                case "order":
                    orders.Add(new ReportedOrder(Order(words[1]), words[2] switch
                    {
                        "working" or "filled" => new OrderAnswer.Accepted("x-" + words[1]),
                        "cancelled" => new OrderAnswer.Cancelled("by the exchange"),
                        "not-found" => new OrderAnswer.NotFound(),
                        _ => new OrderAnswer.Rejected(Error(words[2])),
                    }, words[2] == "filled"));
                    break;
                case "fill":
                    fills.Add(Fill(words[1..]));
                    break;
                case "position":
                    positions.Add(new ReportedPosition(ScenarioNames.Symbol(words[1]), words[2] == "long" ? TradeSide.Long : TradeSide.Short, new Quantity(SignalLine.Number(words[3])), After(words, "@") is { } entry ? new Price(SignalLine.Number(entry)) : EntryOf(ScenarioNames.Symbol(words[1]), fills)));
                    break;
                case "coin":
                    (coins ??= new Dictionary<string, decimal>(StringComparer.Ordinal))[words[1]] = SignalLine.Number(words[2]);
                    break;
                case "funding":
                    funding.Add(Funding(words[1..]));
                    break;
                case "liquidated":
                    liquidations.Add(Liquidation(words[1..]));
                    break;
                default:
                    throw new FormatException($"'{part}' is not a part of a report.");
            }
        }

        return new AccountReport(Some.Account, wallet, orders, fills, positions, funding, liquidations) { Coins = coins, BegunAt = begunAt };
    }

    /// <summary>Of a position whose entry the story does not say: what our books have, or the same report has executed, or 1000.</summary>
    private Price EntryOf(Symbol symbol, List<Fill> fills)
    {
        var held = Engine.State.ActiveTrades.Where(trade => trade.Instrument.Symbol == symbol && trade.Position is not null).Select(trade => trade.Position!).ToArray();
        return held.Length > 0 ? new Price(held.Sum(position => position.OpenCost.Amount) / held.Sum(position => position.Quantity.Value)) : fills.FirstOrDefault(fill => fill.Symbol == symbol)?.Price ?? new Price(1000m);
    }

    /// <summary>77 sell limit 5 BTC @ 1200 [reduce-only] [named tt…], of somebody else; or 1:s-1, of ours</summary>
    private OpenOrder InList(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 1)
        {
            var intent = Engine.State.Orders[Order(words[0])].Intent;
            return new OpenOrder("x-" + words[0], intent.Id.Value, intent.Symbol, intent.Side, "stopMarket", intent.Quantity, null, intent.Kind.NamedPrice, intent.ReduceOnly);
        }

        var price = new Price(SignalLine.Number(After(words, "@")!));
        return new OpenOrder(
            words[0], After(words, "named"), ScenarioNames.Symbol(words[4]), words[1] == "buy" ? OrderSide.Buy : OrderSide.Sell, words[2], new Quantity(SignalLine.Number(words[3])),
            words[2] == "limit" ? price : null, words[2] == "limit" ? null : price, words.Contains("reduce-only"));
    }

    /// <summary>command ID [by=ann] [admin] close 1 50% | closeall | stop-to-entry 1 | move-stop 1 990 | cancel-entries 1 | pause [1h] | halt [1h] | start | emergency [flatten] | read-account | adopt 1 | close-foreign 1 | ignore 1 | withdraw 1 | leave 1 | payout 1 | loss 1</summary>
    private static OperatorCommand Command(string[] words)
    {
        var (id, by, admin) = (words[1], After(words, "by=") ?? "ann", words.Contains("admin"));
        var rest = words[2..].Where(word => word != "admin" && !word.StartsWith("by=", StringComparison.Ordinal)).ToArray();
        int Trade() => int.Parse(rest[1], CultureInfo.InvariantCulture);
        TimeSpan? For() => rest.Length > 1 ? SignalLine.Span(rest[1]) : null;
        return rest[0] switch
        {
            "close" => new OperatorCommand.CloseTrade(Trade(), rest.Length > 2 ? SignalLine.Percent(rest[2]) : 1m) { Id = id, By = by, ByAdmin = admin },
            "closeall" => new OperatorCommand.CloseAll { Id = id, By = by, ByAdmin = admin },
            "stop-to-entry" => new OperatorCommand.MoveStopToEntry(Trade()) { Id = id, By = by, ByAdmin = admin },
            "move-stop" => new OperatorCommand.MoveStop(Trade(), new Price(SignalLine.Number(rest[2]))) { Id = id, By = by, ByAdmin = admin },
            "cancel-entries" => new OperatorCommand.CancelEntries(Trade()) { Id = id, By = by, ByAdmin = admin },
            "pause" => new OperatorCommand.SetTrading(TradingMode.ReducingOnly, "pause", For()) { Id = id, By = by, ByAdmin = admin },
            "halt" => new OperatorCommand.SetTrading(TradingMode.Halted, "halt", For()) { Id = id, By = by, ByAdmin = admin },
            "start" => new OperatorCommand.SetTrading(TradingMode.Active, "start", null) { Id = id, By = by, ByAdmin = admin },
            "emergency" => new OperatorCommand.EmergencyStop(rest.Length > 1) { Id = id, By = by, ByAdmin = admin },
            "read-account" => new OperatorCommand.ReadAccount { Id = id, By = by, ByAdmin = admin },
            "adopt" => new OperatorCommand.ResolveForeign(Trade(), ForeignResolution.Adopt) { Id = id, By = by, ByAdmin = admin },
            "close-foreign" => new OperatorCommand.ResolveForeign(Trade(), ForeignResolution.Close) { Id = id, By = by, ByAdmin = admin },
            "ignore" => new OperatorCommand.ResolveForeign(Trade(), ForeignResolution.Ignore) { Id = id, By = by, ByAdmin = admin },
            "withdraw" => new OperatorCommand.ResolveForeignOrder(Trade(), ForeignOrderResolution.Withdraw) { Id = id, By = by, ByAdmin = admin },
            "leave" => new OperatorCommand.ResolveForeignOrder(Trade(), ForeignOrderResolution.Leave) { Id = id, By = by, ByAdmin = admin },
            "payout" => new OperatorCommand.ResolveMissingMoney(Trade(), MissingMoneyResolution.Payout) { Id = id, By = by, ByAdmin = admin },
            "loss" => new OperatorCommand.ResolveMissingMoney(Trade(), MissingMoneyResolution.Loss) { Id = id, By = by, ByAdmin = admin },
            // teach @alpha ignore vip post
            "teach" => new OperatorCommand.TeachRule(new ChannelId(rest[1]), Rule(rest[2], string.Join(' ', rest[3..]))) { Id = id, By = by, ByAdmin = admin },
            // probation @alpha on it loses
            "probation" => new OperatorCommand.SetProbation(new ChannelId(rest[1]), rest[2] == "on", string.Join(' ', rest[3..])) { Id = id, By = by, ByAdmin = admin },
            "unteach" => new OperatorCommand.ForgetRule(Trade()) { Id = id, By = by, ByAdmin = admin },
            _ => throw new FormatException($"'{rest[0]}' is not a command."),
        };
    }

    private static ProfileRule Rule(string kind, string text) => kind switch
    {
        "ignore" => new ProfileRule.Ignore(text),
        "pattern" => new ProfileRule.Pattern(text),
        "entry" => new ProfileRule.Word(text, OwnMeaning.Entry),
        _ => throw new FormatException($"'{kind}' is not a rule."),
    };

    /// <summary>That of the order that is under way; or, told again, the one with this number: the n-th of the order.</summary>
    private OrderChange ChangeOf(string[] words)
    {
        var change = Engine.State.Orders[Order(words[1])].Change?.To ?? new OrderChange(0, new Price(1m), Quantity.Zero);
        return After(words, "number=") is { } number ? change with { Number = int.Parse(number, CultureInfo.InvariantCulture) } : change;
    }

    private ClientOrderId Order(string name) => ScenarioNames.Order(Engine.State.Orders.Values, name);

    private static ExchangeError Error(string kind) => new(Enum.Parse<ExchangeErrorKind>(kind), "test", "said the exchange");

    /// <summary>The word after a name, or the rest of a word that begins with the name when the name ends with an equals sign.</summary>
    private static string? After(string[] words, string name)
    {
        if (name[^1] == '=')
            return words.FirstOrDefault(word => word.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
        var index = Array.IndexOf(words, name);
        return index < 0 ? null : words[index + 1];
    }
}
