using System.Text.Json;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// Candles of an exchange as they close, each once and in order, from the one on that is open when a series is first watched. What the exchange pushes is told at once; what it does not
/// push, and what was missed while a connection was away, is asked for. Requests are reads: they wait for everything that protects or trades.
/// </summary>
public sealed class CandleFeed
{
    /// <summary>The smallest page that exchanges give. Of a longer absence the rest is left out.</summary>
    internal const int MostCaughtUp = 200;

    private readonly ExchangeSession _session;
    private readonly IEventSink _sink;
    private readonly CandleFeedOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<CandleFeed> _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<CandleSeries, Following> _followed = [];
    private readonly WakeUp _changed;
    private IReadOnlyCollection<CandleSeries> _wanted = [];
    private CandleSeries[]? _subscribed;
    private bool _isPushed;
    private int _lives;
    private Instant _subscribedAt;
    private Instant _subscribeAt = Instant.Epoch;
    private TimeSpan? _subscribeWait;

    public CandleFeed(ExchangeSession session, IEventSink sink, CandleFeedOptions options, TimeProvider time, ILogger<CandleFeed> logger)
    {
        _session = session;
        _sink = sink;
        _options = options;
        _time = time;
        _logger = logger;
        _changed = new WakeUp(time);
        session.Opened += _changed.Call;
        session.StateChanged += OnState;
        session.Told += OnTold;
    }

    /// <summary>What is followed now.</summary>
    public IReadOnlyCollection<CandleSeries> Watched
    {
        get
        {
            lock (_gate)
                return _wanted;
        }
    }

    /// <summary>Follows these series from now on, and no others.</summary>
    public void Watch(IReadOnlyCollection<CandleSeries> series)
    {
        var wanted = series.ToHashSet();
        lock (_gate)
        {
            if (wanted.SetEquals(_wanted))
                return;
            _wanted = wanted;
            foreach (var left in _followed.Keys.Where(followed => !wanted.Contains(followed)).ToArray())
                _followed.Remove(left);
        }

        _changed.Call();
    }

    /// <summary>Keeps the exchange's list of what we watch up to date, and asks for what was not pushed. Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _changed.WaitAsync(_options.LookEvery, cancellationToken);
            if (_session.State is not SessionState.Open)
                continue;
            Begin();
            await SubscribeAsync(cancellationToken);
            foreach (var due in Due())
                await AskAsync(due, cancellationToken);
        }
    }

    /// <summary>What time the exchange has.</summary>
    private Instant ExchangeNow => Instant.From(_time.GetUtcNow() + (_session.ClockOffset ?? TimeSpan.Zero));

    private Instant Now => Instant.From(_time.GetUtcNow());

    /// <summary>Only once the exchange's clock is known it is known which candle is open.</summary>
    private void Begin()
    {
        lock (_gate)
            foreach (var series in _wanted)
                if (!_followed.ContainsKey(series))
                    _followed[series] = new Following(series, new CandleProgress(series, series.OpenAt(ExchangeNow)));
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        CandleSeries[] wanted;
        int life;
        lock (_gate)
        {
            life = _lives;
            wanted = [.. _followed.Keys.OrderBy(series => series.ToString(), StringComparer.Ordinal)];
            if ((_subscribed ?? []).SequenceEqual(wanted) || Now < _subscribeAt)
                return;
        }

        var answer = await _session.CallAsync<WatchedCandlesWire>(RequestPriority.Read, 1, "exchange.watchCandles",
            new { account = _session.Account.Id.Value, series = wanted.Select(series => new { symbol = series.Symbol.ToString(), timeframe = series.Timeframe.ToString() }) }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
        {
            _logger.LogWarning("Candles of {Exchange} can't be watched: {Reason}", _session.Account.Exchange, failure.Error.Message);
            lock (_gate)
            {
                _subscribeWait = Longer(_subscribeWait);
                _subscribeAt = Now + _subscribeWait.Value;
            }

            return;
        }

        lock (_gate)
        {
            // The gateway may have ended since it answered; then the next one has to be told.
            if (life != _lives)
                return;
            _subscribed = wanted;
            _subscribedAt = Now;
            (_subscribeAt, _subscribeWait) = (Instant.Epoch, null);
            _isPushed = ((GatewayAnswer<WatchedCandlesWire>.Ok)answer).Value.Pushed;
        }
    }

    /// <summary>A candle that should be there and is not: where the exchange pushes it is given more time.</summary>
    private Following[] Due()
    {
        lock (_gate)
        {
            var (now, grace) = (ExchangeNow, _isPushed ? _options.PushWithin : _options.SettledAfter);
            var due = _followed.Values.Where(each => now >= each.AskAt && (each.Progress.HasGap || now >= each.Progress.NextCloses + grace)).ToArray();
            // A push that left something out may be one that hangs.
            if (_isPushed && due.Length > 0 && Now - _subscribedAt >= _options.RenewAfter)
                _subscribed = null;
            return due;
        }
    }

    private async Task AskAsync(Following following, CancellationToken cancellationToken)
    {
        var (series, progress) = (following.Series, following.Progress);
        Instant since, closedBy;
        int limit;
        lock (_gate)
        {
            // Before the request is sent: what has ended by then and settled is in the answer as it stays.
            var now = ExchangeNow;
            closedBy = now - _options.SettledAfter;
            following.Wait = Longer(following.Wait);
            following.AskAt = now + following.Wait.Value;
            var latest = Instant.Later(series.OpenAt(now), progress.ClosedUntil);
            if ((latest - progress.Next) / series.Timeframe.Length >= MostCaughtUp)
            {
                _logger.LogWarning("Candles of {Series} from {From} on were missed; more than the latest {Most} are not fetched", series, progress.Next, MostCaughtUp - 1);
                progress.StartAt(latest - series.Timeframe.Length * (MostCaughtUp - 1));
            }

            since = progress.Next;
            limit = (int)((latest - since) / series.Timeframe.Length) + 1;
        }

        var answer = await _session.CallAsync<IReadOnlyList<IReadOnlyList<JsonElement>>>(RequestPriority.Read, 2, "exchange.candles",
            new { account = _session.Account.Id.Value, symbol = series.Symbol.ToString(), timeframe = series.Timeframe.ToString(), since = since.UnixMilliseconds, limit }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
        {
            _logger.LogInformation("Candles of {Series} could not be read: {Reason}", series, failure.Error.Message);
            return;
        }

        var rows = ((GatewayAnswer<IReadOnlyList<IReadOnlyList<JsonElement>>>.Ok)answer).Value.Select(row => Read(row, series)).OfType<Candle>().ToArray();
        lock (_gate)
            if (IsFollowed(following))
                Say(following, progress.Answered(rows, closedBy));
    }

    private void OnTold(string method, JsonElement parameters)
    {
        if (method != "exchange.candle" || GatewayJson.Read<CandleWire>(method, parameters) is not GatewayAnswer<CandleWire>.Ok { Value: var wire })
            return;
        lock (_gate)
        {
            if (_followed.Values.FirstOrDefault(each => each.Series.Symbol.ToString() == wire.Symbol && each.Series.Timeframe.ToString() == wire.Timeframe) is not { } following
                || Read(wire.Candle, following.Series) is not { } candle)
                return;
            // No exchange closes a candle whose end is far ahead; believed, it would make everything before it count as closed.
            if (candle.CloseTime > ExchangeNow + _options.MostAhead)
            {
                _logger.LogWarning("{Exchange} pushed the candle of {Series} at {Open} as closed before its time", _session.Account.Exchange, following.Series, candle.OpenTime);
                return;
            }

            Say(following, following.Progress.Pushed(candle));
            if (following.Progress.HasGap)
                _changed.Call();
        }
    }

    private void OnState(SessionState state)
    {
        if (state is not SessionState.Closed)
            return;
        // The next gateway knows nothing of what was watched.
        lock (_gate)
            (_lives, _subscribed, _isPushed, _subscribeAt, _subscribeWait) = (_lives + 1, null, false, Instant.Epoch, null);
    }

    private bool IsFollowed(Following following) => _followed.TryGetValue(following.Series, out var current) && current == following;

    /// <summary>Under the lock, so that what is pushed and what is answered at the same moment keep their order.</summary>
    private void Say(Following following, IReadOnlyList<Candle> candles)
    {
        if (candles.Count == 0)
            return;
        (following.AskAt, following.Wait) = (Instant.Epoch, null);
        foreach (var candle in candles)
            _sink.Post(new EngineEvent.CandleClosed(following.Series.Symbol, candle) { At = Now });
    }

    private Candle? Read(IReadOnlyList<JsonElement> row, CandleSeries series)
    {
        try
        {
            return CandleRow.Read(row, series.Timeframe);
        }
        catch (FormatException exception)
        {
            _logger.LogWarning("{Exchange} tells a candle of {Series} that can't be true: {Reason}", _session.Account.Exchange, series, exception.Message);
            return null;
        }
    }

    /// <summary>The wait after this one.</summary>
    private TimeSpan Longer(TimeSpan? wait) => wait is not { } before ? _options.AskAgainAfter : before * 2 < _options.LongestWait ? before * 2 : _options.LongestWait;

    private sealed class Following(CandleSeries series, CandleProgress progress)
    {
        public CandleSeries Series { get; } = series;

        public CandleProgress Progress { get; } = progress;

        /// <summary>By the exchange's clock; it is not asked before.</summary>
        public Instant AskAt { get; set; } = Instant.Epoch;

        /// <summary>How long the last question has to wait for the next one; null when it brought something.</summary>
        public TimeSpan? Wait { get; set; }
    }
}

public sealed record CandleFeedOptions
{
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A candle that ended so long ago by the exchange's clock is not changed any more.</summary>
    public TimeSpan SettledAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where the exchange pushes, a candle that has not come so long after its end is asked for.</summary>
    public TimeSpan PushWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What was asked for and not there is asked for again after this, and after twice as long each time.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A push that left something out is begun anew, at most so often.</summary>
    public TimeSpan RenewAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>By how much the clocks may differ when the exchange pushes the end of a candle.</summary>
    public TimeSpan MostAhead { get; init; } = TimeSpan.FromSeconds(10);
}
