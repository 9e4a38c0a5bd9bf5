using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Risk;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class WhyCommand(TradingDesk desk, Formats formats, TradeQueries queries, ClaimQueries claims) : ChatCommand(desk, formats)
{
    public override string Name => "why";

    public override string Arguments => "NUMBER";

    public override string Help => "a whole decision: words read, checks, size, orders, fills";

    public override CommandGroup Group => CommandGroup.Learn;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (request.Arguments is not [var word] || !TryNumber(word, out var number))
            return Usage("Which decision?");
        if (await queries.FindAsync(number, cancellation) is not { } report)
            return ChatAnswer.Of($"There is no decision #{number}. /signals lists the latest.");

        var decision = report.Decision;
        var text = new AnswerBuilder()
            .Bold($"#{number} {decision.Pair} {(decision.Side is { } side ? Formats.Side(side) : "")}").Plain($" · {decision.Channel} · posted {Formats.Time(decision.PostedAt)}, decided {Formats.Age(decision.DecidedAt - decision.PostedAt)} later").EndRow();
        text.Plain("Decision: ").Bold(decision.Outcome.ToString().ToLowerInvariant()).Plain(decision.Failure is { } failure ? $" – {failure.Text} ({failure.Code})" : "").EndRow();
        Post(text, report);
        Checks(text, decision);
        if (decision.Sizing is { } sizing)
            Size(text, sizing);
        if (report.Trade is { } trade)
            Outcome(text, report, trade);
        ClaimText.Write(text, await claims.OfAsync(number, cancellation), Formats);
        return text.Build();
    }

    private void Post(AnswerBuilder text, DecisionReport report)
    {
        var decision = report.Decision;
        foreach (var version in report.Messages)
        {
            text.Blank().Heading(version.Message.Revision == 1 ? "The post" : $"Revision {version.Message.Revision} at {Formats.Time(version.Message.PostedAt)} ({version.Message.Change.ToString().ToLowerInvariant()})");
            foreach (var line in version.Message.Text.Split('\n'))
                text.Italic(line).EndRow();
        }

        if (decision.Fields.Count == 0)
            return;
        var read = report.Messages.FirstOrDefault(version => version.Message.Revision == decision.Revision)?.Message.Text ?? "";
        text.Blank().Heading($"Read with {Formats.Percent((decimal)decision.Confidence)} confidence");
        ParseText.Fields(text, read, decision.Fields);
    }

    private void Checks(AnswerBuilder text, Decision decision)
    {
        if (decision.Checks.Count == 0)
            return;
        text.Blank().Heading($"Checks{(decision.Quote is { } quote ? $" at {Formats.Price(quote.Bid)} / {Formats.Price(quote.Ask)}" : "")}");
        foreach (var check in decision.Checks)
            text.Line($"{(check.Passed ? "✓" : "✗")} {check.Name}: {check.Measured} (limit: {check.Limit})");
    }

    private void Size(AnswerBuilder text, Sizing sizing)
    {
        text.Blank().Heading("Size")
            .Line($"Risk {Formats.Percent(sizing.RiskFraction)} of the equity = {Formats.Money(sizing.RiskMoney)}")
            .Line($"÷ {Formats.Number(sizing.RiskPerUnit)} lost per unit from entry to stop = {Formats.Number(sizing.QuantityByRisk)}");
        foreach (var cap in sizing.Caps)
            text.Line("• " + cap);
        text.Line($"Orders of {string.Join(" + ", sizing.LegQuantities.Select(Formats.Quantity))} = {Formats.Quantity(sizing.Quantity)}, worth {Formats.Money(sizing.Notional)}, margin {Formats.Money(sizing.Margin)} at {Formats.Number(sizing.Leverage)}x");
        foreach (var note in sizing.LeverageNotes)
            text.Line("• leverage " + note);
        text.Line($"Loss at the stop {Formats.Money(sizing.PlannedLoss)}, before fees");
    }

    private void Outcome(AnswerBuilder text, DecisionReport report, Trade trade)
    {
        text.Blank();
        OrderText.Write(text, report.Orders, Formats);
        OrderText.WriteFills(text, [.. report.Fills.Select(booked => booked.Fill)], Formats);
        foreach (var paid in report.Funding)
            text.Line($"{Formats.Time(paid.At)} funding {Formats.Change(paid.Amount)} at {Formats.Percent(paid.Rate)}");
        if (report.Notes.Count > 0)
            text.Blank().Heading("What happened");
        foreach (var note in report.Notes)
            text.Line($"{Formats.Time(note.At)} {note.Text}");
        text.Blank().Heading("How it stands");
        PositionText.Write(text, new TradeView(trade, report.Orders, null), Desk.Label, Desk.Now, Formats);
    }
}
