using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Engine.Foreign;
using TelegramTrader.Core.Engine.Transfers;
using TelegramTrader.Core.Market;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

/// <summary>
/// How our books and the account compare, and the decisions about what is not ours: adopt, close and withdraw after a question, ignore and leave at once; and about money that is missing:
/// that it was taken out after a question, that it was a loss at once.
/// </summary>
public sealed class ReconcileCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    public override string Name => "reconcile";

    public override string Arguments => "[adopt|close|ignore|withdraw|leave|payout|loss NUMBER]";

    public override string Help => "compare the books with the account, and decide about positions and orders that are not the bot's, and about missing money";

    public override CommandGroup Group => CommandGroup.Keep;

    public override Role Role => Role.Admin;

    public override CommandEffect Effect => CommandEffect.RaisesRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (request.Arguments is [] or ["show"])
            return await ShowAsync(request);
        if (request.Arguments is not [var word, var token] || !TryNumber(token, out var number))
            return Usage($"'{request.Text}' is not a decision and the number of a foreign position or order, or of a question about money.");
        if (Enum.TryParse<ForeignOrderResolution>(word, ignoreCase: true, out var about) && !char.IsAsciiDigit(word[0]))
            return await DecideAsync(request, about, number);
        if (Enum.TryParse<MissingMoneyResolution>(word, ignoreCase: true, out var was) && !char.IsAsciiDigit(word[0]))
            return await DecideAsync(request, was, number);
        if (ResolutionOf(word) is not { } resolution)
            return Usage($"'{word}' is not a decision about what is foreign, or missing.");
        if (resolution != ForeignResolution.Ignore && !request.IsConfirmed)
            return await AskAsync(request, resolution, number);
        return await Desk.CommandAsync(new OperatorCommand.ResolveForeign(number, resolution) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) }) is var result
            && result is OperatorResult.ForeignDecided decided ? Decided(decided) : Result(result);
    }

    private async Task<ChatAnswer> ShowAsync(ChatRequest request)
    {
        var asked = request.Arguments is [];
        if (asked && await Desk.CommandAsync(new OperatorCommand.ReadAccount { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) }) is OperatorResult.Refused refused)
            return Result(refused);
        var now = await Desk.ReadAsync(Comparison.Of);
        var text = new AnswerBuilder().Heading($"The books and the account {Desk.Settings.Account}");
        text.Line(now.ReadAt is { } at
            ? $"Last compared at {Formats.Time(at)}, {Formats.Age(now.Now - at)} ago.{(asked ? " The exchange is being asked again." : "")}"
            : "The account has not been read since the start; trading is halted until it is.");
        if (now.Outage is { } outage)
            text.Line($"⚠ It can't be read since {Formats.Time(outage.Since)}.");
        else if (now.ReadAt is not null && !now.IsReconciled)
            text.Line("⚠ What the exchange said does not suffice yet; trading is halted until it does.");
        foreach (var (symbol, held) in now.Agreeing)
            text.Line($"✓ {symbol}: {Signed(held)}, as in the books");
        foreach (var missing in now.Missing)
            text.Line($"✗ {missing.Difference}, since {Formats.ShortTime(missing.Since)}; a second report decides whether it was closed elsewhere");
        foreach (var position in now.Foreign)
            Write(text, position);
        foreach (var order in now.Orders)
            Write(text, order);
        foreach (var missing in now.Money)
            text.Bold($"✗ {missing.Number}: {Formats.Money(missing.Amount)} less than the trades explain").Plain($", since {Formats.ShortTime(missing.Since)}; counted as a loss").EndRow().Buttons(MoneyText.Buttons(missing.Number));
        if (now.Missing.Count + now.Foreign.Count + now.Orders.Count + now.Money.Count == 0 && now.ReadAt is not null)
            text.Line(now.Agreeing.Count == 0 ? "Both are empty." : "Nothing differs.");
        return text.Buttons(new ChatButton("Refresh", new ButtonData.Refresh("/reconcile show").ToString())).Build();
    }

    private void Write(AnswerBuilder text, ForeignPosition position)
    {
        text.Bold($"✗ {position.Number}: {Named(position)} is not ours").Plain($", entered at {Formats.Price(position.Entry)}, since {Formats.ShortTime(position.Since)}").EndRow();
        if (position.Request is { } request)
            text.Line($"{request.By} ordered: {request.Resolution.ToString().ToLowerInvariant()}; waits for the next report of the exchange");
        else if (!position.IsConfirmed || position.MissingSince is not null)
            text.Line("one report has said so; the next one decides");
        else if (position.IgnoredBy is { } by)
            text.Line($"ignored by order of {by} until it changes; no new entry is made in the symbol");
        if (position.Obstacle is { } obstacle)
            text.Line($"It can be neither adopted nor closed: {obstacle}.");
        if (position is { Request: null, IsConfirmed: true, MissingSince: null })
            text.Buttons(ForeignText.Buttons(position.Number, position.Obstacle is null, position.IgnoredBy is not null));
    }

    private void Write(AnswerBuilder text, ForeignOrder order)
    {
        text.Bold($"✗ {order.Number}: {ForeignText.Name(order.Order, Formats)} is not ours").Plain($", since {Formats.ShortTime(order.Since)}").EndRow();
        if (ForeignText.Warning(order) is { } warning)
            text.Line(warning);
        if (order.Request is { } request)
            text.Line($"{request.By} ordered it withdrawn{(request.SentAt is null ? "; waits for the next list of open orders" : "; the exchange was asked")}");
        else if (!order.IsConfirmed || order.MissingSince is not null)
            text.Line("one list of open orders has said so; the next one decides");
        else if (order.LeftBy is { } by)
            text.Line($"left as it is by order of {by}");
        if (order is { Request: null, IsConfirmed: true, MissingSince: null })
            text.Buttons(ForeignText.Buttons(order));
    }

    private async Task<ChatAnswer> DecideAsync(ChatRequest request, ForeignOrderResolution resolution, int number)
    {
        if (resolution == ForeignOrderResolution.Withdraw && !request.IsConfirmed)
        {
            if (await Desk.ReadAsync(state => state.ForeignOrders.FirstOrDefault(known => known.Number == number && known.MissingSince is null)) is not { } order)
                return ChatAnswer.Of($"There is no foreign order {number} any more. /reconcile shows what differs now.");
            var text = new AnswerBuilder().Line($"Withdraw {ForeignText.Name(order.Order, Formats)}? What it protects, or was to buy or sell, is then without it.");
            return Confirmation.Ask(text, request, "Yes, withdraw", ForeignText.Command(resolution, number)).Build();
        }

        var result = await Desk.CommandAsync(new OperatorCommand.ResolveForeignOrder(number, resolution) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) });
        if (result is not OperatorResult.ForeignOrderDecided decided)
            return Result(result);
        var named = ForeignText.Name(decided.Order.Order, Formats);
        return ChatAnswer.Of(resolution == ForeignOrderResolution.Leave
            ? $"{named} is left as it is, and not told again unless it changes."
            : $"The exchange is asked once more; while {named} is still what it has, it is withdrawn.");
    }

    private async Task<ChatAnswer> DecideAsync(ChatRequest request, MissingMoneyResolution resolution, int number)
    {
        if (resolution == MissingMoneyResolution.Payout && !request.IsConfirmed)
        {
            if (await Desk.ReadAsync(state => state.MissingMoney.FirstOrDefault(known => known.Number == number)) is not { } missing)
                return ChatAnswer.Of($"There is no question {number} about money any more. /reconcile shows what differs now.");
            var text = new AnswerBuilder().Line($"Were {Formats.Money(missing.Amount)} taken out of the account? They are then no loss: the loss limits count from so much less. Say no unless you know who took them.");
            return Confirmation.Ask(text, request, "Yes, a withdrawal", MoneyText.Command(resolution, number)).Build();
        }

        var result = await Desk.CommandAsync(new OperatorCommand.ResolveMissingMoney(number, resolution) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) });
        if (result is not OperatorResult.MissingMoneyDecided decided)
            return Result(result);
        var amount = Formats.Money(decided.Missing.Amount);
        return ChatAnswer.Of(resolution == MissingMoneyResolution.Loss
            ? $"{amount} stay a loss, and are not asked about again."
            : $"{amount} were a withdrawal. {MoneyText.Baselines(decided.Day, decided.Week, Formats)}");
    }

    private async Task<ChatAnswer> AskAsync(ChatRequest request, ForeignResolution resolution, int number)
    {
        var (position, quote) = await Desk.ReadAsync(state =>
        {
            var found = state.Foreign.FirstOrDefault(known => known.Number == number && known.MissingSince is null);
            return (found, found is not null && state.Markets.TryGetValue(found.Symbol, out var market) ? market.Quote : null);
        });
        if (position is null)
            return ChatAnswer.Of($"There is no foreign position {number} any more. /reconcile shows what differs now.");
        var text = new AnswerBuilder();
        if (resolution == ForeignResolution.Close)
            text.Line($"Close {Named(position)} at the market? That quantity and no more; it counts in the books from its entry at {Formats.Price(position.Entry)}.");
        else
            text.Line($"Take over {Named(position)}, entered at {Formats.Price(position.Entry)}, as a trade of the bot?")
                .Line($"It gets a stop {Formats.Percent(Desk.Settings.DefaultStop)} from its entry (from the market, where that has been passed) and no targets. Its open profit or loss counts for the loss limits from then on.");
        text.Line(quote is { } known ? $"Market {Formats.Price(known.ExitPrice(position.Side))}." : "There is no price at the moment.");
        return Confirmation.Ask(text, request, resolution == ForeignResolution.Close ? "Yes, close" : "Yes, adopt", ForeignText.Command(resolution, number)).Build();
    }

    private ChatAnswer Decided(OperatorResult.ForeignDecided decided) => decided.Resolution switch
    {
        ForeignResolution.Ignore => ChatAnswer.Of($"{Named(decided.Position)} is ignored until it changes. The bot does not touch it, and makes no new entry in {decided.Position.Symbol}."),
        ForeignResolution.Close => ChatAnswer.Of($"The exchange is asked once more; while {Named(decided.Position)} is still what it has, it is closed."),
        _ => ChatAnswer.Of($"The exchange is asked once more; while {Named(decided.Position)} is still what it has, it becomes a trade of the bot with a stop."),
    };

    private string Named(ForeignPosition position) => ForeignText.Name(position.Side, position.Quantity, position.Symbol, Formats);

    private string Signed(decimal held) => $"{Formats.Side(held > 0m ? TradeSide.Long : TradeSide.Short)} {Formats.Quantity(new Quantity(Math.Abs(held)))}";

    private static ForeignResolution? ResolutionOf(string word) => word.ToLowerInvariant() switch
    {
        "adopt" => ForeignResolution.Adopt,
        "close" => ForeignResolution.Close,
        "ignore" => ForeignResolution.Ignore,
        _ => null,
    };

    /// <summary>How books and account compared last, taken between two engine events.</summary>
    private sealed record Comparison(
        Instant Now, Instant? ReadAt, bool IsReconciled, AccountOutage? Outage, IReadOnlyList<(Symbol Symbol, decimal Held)> Agreeing, IReadOnlyList<SeenDifference> Missing, IReadOnlyList<ForeignPosition> Foreign,
        IReadOnlyList<ForeignOrder> Orders, IReadOnlyList<MissingMoney> Money)
    {
        public static Comparison Of(EngineState state)
        {
            var differing = state.Differences.Select(seen => seen.Difference.Symbol).ToHashSet();
            return new Comparison(
                state.Now, state.AccountReadAt, state.IsReconciled, state.Outage,
                [.. state.ActiveTrades.Where(trade => !trade.OpenQuantity.IsZero && !differing.Contains(trade.Instrument.Symbol))
                    .GroupBy(trade => trade.Instrument.Symbol)
                    .Select(group => (group.Key, group.Sum(trade => trade.Side.Sign() * trade.OpenQuantity.Value)))],
                [.. state.Differences.Where(seen => seen.Difference.MissingPart != 0m)], state.Foreign, state.ForeignOrders, state.MissingMoney);
        }
    }
}
