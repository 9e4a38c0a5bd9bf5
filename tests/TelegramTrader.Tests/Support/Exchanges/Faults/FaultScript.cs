using TelegramTrader.Tests.Support.Exchanges.Http;

namespace TelegramTrader.Tests.Support.Exchanges.Faults;

/// <summary>
/// Which requests and pushes go wrong, and how: the next so many, all, or a share of them drawn from a seed. An endpoint is written <c>POST /fapi/v1/order</c>;
/// null stands for every one. A push is named by its event, <c>ORDER_TRADE_UPDATE</c> or <c>bookTicker</c>.
/// </summary>
public sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly List<Planned<ExchangeFault, ExchangeCall>> _requests = [];
    private readonly List<Planned<PushFault, string>> _pushes = [];
    private int _requestFaults;

    /// <summary>How many requests went wrong so far.</summary>
    public int RequestFaults
    {
        get
        {
            lock (_gate)
                return _requestFaults;
        }
    }

    public void Next(int count, ExchangeFault fault, string? endpoint = null, Func<ExchangeCall, bool>? matching = null)
    {
        lock (_gate)
            _requests.Add(new Planned<ExchangeFault, ExchangeCall>(call => (endpoint is null || call.Endpoint == endpoint) && matching?.Invoke(call) != false, () => fault, count));
    }

    /// <summary>All until <see cref="Clear"/>.</summary>
    public void Always(ExchangeFault fault, string? endpoint = null) => Next(int.MaxValue, fault, endpoint);

    /// <summary>Until <see cref="Clear"/>, in that many of a hundred requests, one of these; the same ones for the same seed and requests.</summary>
    public void Randomly(ulong seed, int percent, IReadOnlyList<ExchangeFault> faults, string? endpoint = null)
    {
        var numbers = new SeededNumbers(seed);
        lock (_gate)
            _requests.Add(new Planned<ExchangeFault, ExchangeCall>(
                call => (endpoint is null || call.Endpoint == endpoint) && numbers.Chance(percent), () => numbers.Pick(faults), int.MaxValue));
    }

    public void NextPush(int count, PushFault fault, string? eventName = null)
    {
        lock (_gate)
            _pushes.Add(new Planned<PushFault, string>(name => eventName is null || name == eventName, () => fault, count));
    }

    /// <summary>As <see cref="Randomly"/>, of pushes.</summary>
    public void RandomPushes(ulong seed, int percent, IReadOnlyList<PushFault> faults, string? eventName = null)
    {
        var numbers = new SeededNumbers(seed);
        lock (_gate)
            _pushes.Add(new Planned<PushFault, string>(name => (eventName is null || name == eventName) && numbers.Chance(percent), () => numbers.Pick(faults), int.MaxValue));
    }

    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
            _pushes.Clear();
        }
    }

    internal ExchangeFault? Take(ExchangeCall call)
    {
        lock (_gate)
        {
            var fault = Take(_requests, call);
            if (fault is not null)
                _requestFaults++;
            return fault;
        }
    }

    internal PushFault? TakePush(string eventName)
    {
        lock (_gate)
            return Take(_pushes, eventName);
    }

    private static TFault? Take<TFault, TSubject>(List<Planned<TFault, TSubject>> planned, TSubject subject)
        where TFault : class
    {
        var found = planned.Find(each => each.Matches(subject));
        if (found is null)
            return null;
        if (found.Left != int.MaxValue && --found.Left == 0)
            planned.Remove(found);
        return found.Choose();
    }

    private sealed class Planned<TFault, TSubject>(Func<TSubject, bool> matches, Func<TFault> choose, int count)
    {
        public Func<TSubject, bool> Matches { get; } = matches;

        public Func<TFault> Choose { get; } = choose;

        public int Left { get; set; } = count;
    }
}
