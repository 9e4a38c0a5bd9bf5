namespace TelegramTrader.Core.Judgement.Scorecards;

/// <param name="Rank">From 1; null for a channel of which not enough is known: figures of a few trades would put the luckiest on top.</param>
public sealed record RankedCard(int? Rank, Scorecard Card);

/// <summary>
/// Channels by the lower end of the interval around their expectancy, and not by the mean or the win rate: it is what one may count on. Few trades make a wide interval, so that a lucky start does
/// not lead, and a high win rate with large losses has a low mean.
/// </summary>
public static class ChannelRanking
{
    /// <summary>Those with a rank first, the best on top; then the others, by name.</summary>
    public static IReadOnlyList<RankedCard> Of(IEnumerable<Scorecard> cards)
    {
        var all = cards.OrderBy(card => card.Channel.Value, StringComparer.Ordinal).ToArray();
        var ranked = all.Where(card => card is { HasEnoughData: true, Expectancy: not null }).OrderByDescending(card => card.Expectancy!.Low).ThenByDescending(card => card.Expectancy!.Mean).ToArray();
        return [.. ranked.Select((card, index) => new RankedCard(index + 1, card)), .. all.Except(ranked).Select(card => new RankedCard(null, card))];
    }
}
