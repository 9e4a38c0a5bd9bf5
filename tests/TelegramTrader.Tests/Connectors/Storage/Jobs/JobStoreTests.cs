using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Core.Market;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Connectors.Storage.Jobs;

public sealed class JobStoreTests : IDisposable
{
    private static readonly Instant Now = new(1_700_000_000_000);
    private readonly TemporaryFolder _folder = new();
    private readonly DataFolder _data;
    private readonly JobStore _store;

    public JobStoreTests()
    {
        _data = DataFolder.Open(_folder.Path);
        _store = new JobStore(_data);
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Add_TheSameRequestTwice_IsOneJob()
    {
        Assert.Equal(_store.Add(Request("a"), Now), _store.Add(Request("a"), Now + TimeSpan.FromMinutes(1)));
        Assert.Equal(2, _store.Add(Request("b"), Now).Number);
        Assert.Equal(2, _store.CountWaiting("1002"));
        Assert.Equal(0, _store.CountWaiting("1001"));
    }

    [Fact]
    public void States_ChangeOnlyFromWhereTheyAreExpected()
    {
        var number = _store.Add(Request("a"), Now).Number;
        Assert.False(_store.End(number, JobState.Done, null, null, Now));
        Assert.True(_store.TryStart(number, Now));
        Assert.False(_store.TryStart(number, Now));
        Assert.False(_store.TryCancelWaiting(number, Now));
        _store.SetProgress(number, 0.4567);
        Assert.Equal(0.456, _store.Find(number)!.Progress);
        Assert.True(_store.End(number, JobState.Done, "[]", "1-a.json", Now));
        Assert.False(_store.End(number, JobState.Failed, null, null, Now));
        _store.SetProgress(number, 0.1);
        Assert.Equal((JobState.Done, 1.0, "1-a.json", false), _store.Find(number) is { } job ? (job.State, job.Progress, job.File, job.IsTold) : default);
        Assert.Single(_store.Untold());
        _store.MarkTold(number);
        Assert.Empty(_store.Untold());
    }

    [Fact]
    public void TakeUp_WhatWasRunning_WaitsAgain_AndAfterThreeDeathsIsLeftAside()
    {
        var number = _store.Add(Request("a"), Now).Number;
        foreach (var start in Enumerable.Range(1, 3))
        {
            Assert.True(_store.TryStart(number, Now));
            Assert.Equal(start, _store.Find(number)!.Starts);
            _store.TakeUp(3, "[]", Now);
            Assert.Equal(start < 3 ? JobState.Interrupted : JobState.Failed, _store.Find(number)!.State);
        }

        Assert.Empty(_store.Waiting());
        Assert.Single(_store.Untold());
    }

    [Fact]
    public void PutBack_AtAnOrderlyEnd_DoesNotCountAsAStart()
    {
        var number = _store.Add(Request("a"), Now).Number;
        foreach (var _ in Enumerable.Range(0, 5))
        {
            Assert.True(_store.TryStart(number, Now));
            _store.PutBack(number);
            _store.TakeUp(3, "[]", Now);
        }

        Assert.Equal((JobState.Interrupted, 0), (_store.Find(number)!.State, _store.Find(number)!.Starts));
    }

    private static JobRequest Request(string id) => new(id, "kind", "words", "1002", "Tom", new JobPlace(-5, 7));
}
