using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Tests.Support;

/// <summary>Reads fills and funding as people write them: <c>buy 2@100 fee 0.1; sell 1@110; funding -0.5</c>.</summary>
internal static class FillScript
{
    public static IReadOnlyList<Step> Read(string script, Symbol? symbol = null)
    {
        var steps = new List<Step>();
        foreach (var part in script.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ');
            if (words[0] == "funding")
            {
                steps.Add(new Step(null, new Money(Number(words[1]), "USDT")));
                continue;
            }

            var sizeAndPrice = words[1].Split('@');
            steps.Add(new Step(new Fill
            {
                FillId = "f" + (steps.Count + 1).ToString(CultureInfo.InvariantCulture),
                Account = Some.Account,
                OrderId = new ClientOrderId("test"),
                Symbol = symbol ?? Some.Btc,
                Side = words[0] == "buy" ? OrderSide.Buy : OrderSide.Sell,
                Price = new Price(Number(sizeAndPrice[1])),
                Quantity = new Quantity(Number(sizeAndPrice[0])),
                Fee = new Money(words.Length > 3 ? Number(words[3]) : 0m, "USDT"),
                IsMaker = false,
                HappenedAt = Some.Time + TimeSpan.FromSeconds(steps.Count),
            }, null));
        }

        return steps;
    }

    /// <summary>The position after all steps, and everything that was closed on the way.</summary>
    public static (Position? Open, IReadOnlyList<ClosedPosition> Closed) Run(string script, Instrument instrument)
    {
        Position? position = null;
        var closed = new List<ClosedPosition>();
        foreach (var step in Read(script, instrument.Symbol))
        {
            if (step.Funding is { } funding)
            {
                position = position!.WithFunding(funding);
                continue;
            }

            var change = position is null ? new PositionChange(Position.Open(instrument, step.Fill!), null) : position.Apply(step.Fill!);
            position = change.Open;
            if (change.Closed is { } whole)
                closed.Add(whole);
        }

        return (position, closed);
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    internal sealed record Step(Fill? Fill, Money? Funding);
}
