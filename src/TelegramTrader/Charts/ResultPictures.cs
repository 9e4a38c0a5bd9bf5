using TelegramTrader.Chat;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Trading;

namespace TelegramTrader.Charts;

/// <summary>What the closed trades of the account have come to, over time and by month.</summary>
public sealed class ResultPictures(TradingDesk desk, TradeQueries queries, ChartStyle style, Formats formats)
{
    private static readonly ChatChart NoTrades = new ChatChart.Missing("No trade has closed in that time.");

    /// <param name="since">Null: from the first trade on.</param>
    /// <param name="channel">Null: of all channels.</param>
    public ChatPicture Equity(Instant? since, ChannelId? channel) => new("Result of closed trades", cancellation => EquityAsync(since, channel, cancellation));

    public ChatPicture Months(ChannelId? channel) => new("Results by month", cancellation => MonthsAsync(channel, cancellation));

    private async Task<ChatChart> EquityAsync(Instant? since, ChannelId? channel, CancellationToken cancellation)
    {
        var (asset, trades) = await queries.ClosedResultsAsync(desk.Settings.Account, since, channel, cancellation);
        if (trades.Count == 0)
            return NoTrades;
        // It begins at nothing, at the first trade's end or where it was asked for.
        var points = new List<EquityPoint>(trades.Count + 2) { new(since ?? trades[0].EndedAt, 0m) };
        var (sum, highest, deepest, won) = (0m, 0m, 0m, 0);
        foreach (var trade in trades)
        {
            sum += trade.Net;
            highest = Math.Max(highest, sum);
            deepest = Math.Min(deepest, sum - highest);
            won += trade.Net > 0m ? 1 : 0;
            points.Add(new EquityPoint(trade.EndedAt, sum));
        }

        points.Add(new EquityPoint(desk.Now, sum));
        return new ChatChart.Ready(EquityChart.Of(
            new EquityInput
            {
                Heading = new ChartHeading("Result of closed trades", desk.Label, ChartWords.Span(points[0].Time, desk.Now, formats.Zone) + Of(channel),
                [
                    new ChartFact("Result", formats.Change(new Money(sum, asset)), Sign(sum)),
                    new ChartFact("Deepest drawdown", formats.Change(deepest), deepest < 0m ? false : null),
                    new ChartFact("Won", $"{formats.Count(won)} of {formats.Count(trades.Count)}"),
                ]),
                Points = points,
                Name = "Result",
                Asset = asset,
                Zone = formats.Zone,
                DrawdownIsFraction = false,
                IsStepped = true,
            },
            style));
    }

    private async Task<ChatChart> MonthsAsync(ChannelId? channel, CancellationToken cancellation)
    {
        var (asset, trades) = await queries.ClosedResultsAsync(desk.Settings.Account, null, channel, cancellation);
        if (trades.Count == 0)
            return NoTrades;
        var sums = new Dictionary<(int Year, int Month), decimal>();
        foreach (var trade in trades)
        {
            var ended = TimeZoneInfo.ConvertTime(trade.EndedAt.ToDateTimeOffset(), formats.Zone);
            sums[(ended.Year, ended.Month)] = sums.GetValueOrDefault((ended.Year, ended.Month)) + trade.Net;
        }

        var sum = sums.Values.Sum();
        return new ChatChart.Ready(MonthlyChart.Of(
            new MonthlyInput
            {
                Heading = new ChartHeading("Results by month", desk.Label, ChartWords.Span(trades[0].EndedAt, trades[^1].EndedAt, formats.Zone) + Of(channel),
                [
                    new ChartFact("Sum", formats.Change(new Money(sum, asset)), Sign(sum)),
                    new ChartFact("Months with a gain", $"{sums.Values.Count(month => month > 0m)} of {sums.Count}"),
                    new ChartFact("Worst month", formats.Change(sums.Values.Min()), Sign(sums.Values.Min())),
                ]),
                Months = [.. sums.Select(month => new MonthResult(month.Key.Year, month.Key.Month, (double)month.Value))],
                Unit = asset,
            },
            style));
    }

    private static string Of(ChannelId? channel) => channel is { } one ? $" · {one}" : "";

    private static bool? Sign(decimal amount) => amount switch { > 0m => true, < 0m => false, _ => null };
}
