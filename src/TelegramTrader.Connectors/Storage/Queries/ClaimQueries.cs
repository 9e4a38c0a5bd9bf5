using Microsoft.EntityFrameworkCore;
using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Storage.Queries;

/// <summary>What channels claimed of their signals, and what came of checking it.</summary>
public sealed class ClaimQueries(DataFolder folder)
{
    /// <summary>The claims about one signal, in the order in which they came.</summary>
    /// <param name="number">Of the decision.</param>
    public async Task<IReadOnlyList<ClaimReport>> OfAsync(int number, CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        return await context.Claims.Where(row => row.Number == number).OrderBy(row => row.Id)
            .Select(row => new ClaimReport(row.Claim, row.Verdict, row.Reason, row.ClaimedAt)).ToListAsync(cancellation);
    }

    /// <summary>How the claims of each channel came out; channels without any are left out.</summary>
    public async Task<IReadOnlyDictionary<ChannelId, ClaimCount>> CountsAsync(CancellationToken cancellation = default)
    {
        await using var context = folder.Read();
        var rows = await context.Claims.GroupBy(row => new { row.Channel, row.Verdict }).Select(group => new { group.Key.Channel, group.Key.Verdict, Count = group.Count() }).ToListAsync(cancellation);
        return rows.GroupBy(row => row.Channel).OrderBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => new ChannelId(group.Key), group => new ClaimCount(
            group.Where(row => row.Verdict == ClaimVerdict.True).Sum(row => row.Count),
            group.Where(row => row.Verdict == ClaimVerdict.False).Sum(row => row.Count),
            group.Where(row => row.Verdict == ClaimVerdict.Unknown).Sum(row => row.Count)));
    }
}

/// <param name="Claim">In words.</param>
public sealed record ClaimReport(string Claim, ClaimVerdict Verdict, string Reason, Instant ClaimedAt);

/// <param name="Unknown">Could not be checked.</param>
public sealed record ClaimCount(int True, int False, int Unknown);
