using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Judgement;

/// <summary>One signal under two plans; null where one of them had no such signal.</summary>
public sealed record ComparedSignal(SignalId Id, SignalOutcome? Present, SignalOutcome? Changed)
{
    public decimal Difference => (Changed?.Net ?? 0m) - (Present?.Net ?? 0m);

    /// <summary>The symbol and side of whichever there is.</summary>
    public SignalOutcome Either => Changed ?? Present!;
}

/// <summary>The signals of a channel under the present plan and under another one, over the same prices.</summary>
public sealed record PlanComparison(IReadOnlyList<ComparedSignal> Signals)
{
    public IReadOnlyList<SignalOutcome> Present => [.. Signals.Select(signal => signal.Present).OfType<SignalOutcome>()];

    public IReadOnlyList<SignalOutcome> Changed => [.. Signals.Select(signal => signal.Changed).OfType<SignalOutcome>()];

    public decimal Difference => Signals.Sum(signal => signal.Difference);

    /// <summary>Of other channels nothing is compared, though they may have had other places under the other plan.</summary>
    public static PlanComparison Of(ChannelId channel, PostBacktestResult present, PostBacktestResult changed)
    {
        var (before, after) = (ById(channel, present), ById(channel, changed));
        return new PlanComparison([.. before.Keys.Union(after.Keys).Select(id => new ComparedSignal(id, before.GetValueOrDefault(id), after.GetValueOrDefault(id)))
            .OrderBy(signal => signal.Either.ActedAt).ThenBy(signal => signal.Id.Value, StringComparer.Ordinal)]);
    }

    private static Dictionary<SignalId, SignalOutcome> ById(ChannelId channel, PostBacktestResult result) =>
        result.Outcomes.Where(outcome => outcome.Channel == channel).ToDictionary(outcome => outcome.Id);
}
