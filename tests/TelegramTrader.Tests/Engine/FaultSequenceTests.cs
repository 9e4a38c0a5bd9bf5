using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Engine;

/// <summary>The first of the sequences that <c>reconciler-faults</c> of the benchmarks runs in thousands.</summary>
public sealed class FaultSequenceTests
{
    [Fact]
    public void RandomFaults_ThreeHundredSequences_BooksAndTruthComeTogether()
    {
        var counts = new FaultCounts();
        for (var seed = 1UL; seed <= 300; seed++)
            counts = counts.With(FaultSequence.Run(seed));
        Assert.True(
            counts is { Opened: > 300, ClosedByHand: > 100, Vanished: > 100, Restarts: > 100, FailedReports: > 300, BookedOutside: > 50, OpenedByHand: > 100, TakenOver: > 30, OrderedByHand: > 100, Withdrawn: > 50 },
            $"too little happened to show anything: {counts}");
    }

    /// <summary>No stop rests anywhere: whatever is lost, late or told twice, a position beyond its stop is always left, and no close is sent twice.</summary>
    [Fact]
    public void RandomFaults_ExchangeWithoutStops_EveryPositionBeyondItsStopIsLeft()
    {
        var counts = new FaultCounts();
        for (var seed = 1UL; seed <= 300; seed++)
            counts = counts.With(FaultSequence.Run(seed, holdsStops: false));
        Assert.True(
            counts is { Opened: > 300, LeftAtStop: > 100, UnknownCloses: > 30, Restarts: > 100, FailedReports: > 300, ClosedByHand: > 100 }, $"too little happened to show anything: {counts}");
    }
}
