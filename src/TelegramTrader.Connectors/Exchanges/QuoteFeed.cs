using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Exchanges;

/// <summary>
/// Live prices of an exchange. What is watched is pushed (or asked for again and again where the exchange does not push); a symbol that nobody watches yet is asked for
/// once, on the spot, before its signal is decided on. A feed that falls silent is told as lost, and trading waits.
/// </summary>
public sealed class QuoteFeed
{
    private readonly ExchangeSession _session;
    private readonly IEventSink _sink;
    private readonly QuoteFeedOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<QuoteFeed> _logger;
    private readonly ConcurrentDictionary<Symbol, Instant> _watched = [];
    private readonly ConcurrentDictionary<Symbol, Instant> _seen = [];
    private readonly WakeUp _changed;
    private readonly Lock _gate = new();
    private string[]? _subscribed;
    private int _lives;
    private readonly Instant _since;
    private volatile bool _isLost;
    private volatile bool _hasBegun;

    public QuoteFeed(ExchangeSession session, IEventSink sink, QuoteFeedOptions options, TimeProvider time, ILogger<QuoteFeed> logger)
    {
        _session = session;
        _sink = sink;
        _options = options;
        _time = time;
        _logger = logger;
        _changed = new WakeUp(time);
        _since = Now;
        session.Opened += _changed.Call;
        session.StateChanged += OnState;
        session.Told += OnTold;
    }

    /// <summary>The name of the feed in what is told about it.</summary>
    public string Name => $"Prices of {_session.Account.Exchange}";

    /// <summary>What is watched now.</summary>
    public IReadOnlyCollection<Symbol> Watched => [.. _watched.Keys];

    /// <summary>Watches a symbol for at least <see cref="QuoteFeedOptions.KeepFor"/> from now on.</summary>
    public void Watch(IEnumerable<Symbol> symbols)
    {
        var isNew = false;
        foreach (var symbol in symbols)
        {
            isNew |= !_watched.ContainsKey(symbol);
            _watched[symbol] = Now;
        }

        if (isNew)
            _changed.Call();
    }

    /// <summary>Makes sure that a fresh price of each symbol was told, and watches them from now on. Gives up when time is over: what then has no price is denied for that.</summary>
    public async Task EnsureAsync(IReadOnlyCollection<Symbol> symbols, CancellationToken cancellationToken)
    {
        var missing = symbols.Where(symbol => !_seen.TryGetValue(symbol, out var at) || Now - at > _options.FreshFor).ToArray();
        // One broken connection does not cost the signal that waits for the price.
        if (missing.Length > 0 && await AskAsync(missing, RequestPriority.Entry, cancellationToken) is { } trouble)
        {
            _logger.LogInformation("{Feed} is asked again: {Reason}", Name, trouble);
            await AskAsync(missing, RequestPriority.Entry, cancellationToken);
        }

        Watch(symbols);
    }

    /// <summary>Keeps the exchange's list of what we watch up to date, and notices silence. Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _changed.WaitAsync(_options.LookEvery, cancellationToken);
            if (_session.State is SessionState.Closed closed)
            {
                // A start takes its time; one that takes too long is told.
                if (Now - _since > _options.BeginWithin)
                    Lost(closed.Reason);
                continue;
            }

            _hasBegun = true;
            foreach (var (symbol, at) in _watched)
                if (Now - at > _options.KeepFor)
                    _watched.TryRemove(symbol, out _);
            await SubscribeAsync(cancellationToken);
            await AskForSilentAsync(cancellationToken);
        }
    }

    private Instant Now => Instant.From(_time.GetUtcNow());

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        var wanted = _watched.Keys.Select(symbol => symbol.ToString()).Order(StringComparer.Ordinal).ToArray();
        int life;
        lock (_gate)
        {
            life = _lives;
            if (_subscribed is { } before && before.SequenceEqual(wanted))
                return;
        }

        var answer = await _session.CallAsync<JsonElement>(RequestPriority.Read, 1, "exchange.watchQuotes", new { account = _session.Account.Id.Value, symbols = wanted }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
        {
            _logger.LogWarning("{Feed} can't be watched: {Reason}", Name, failure.Error.Message);
            return;
        }

        // The gateway may have ended since it answered; then the next one has to be told.
        lock (_gate)
            if (life == _lives)
                _subscribed = wanted;
    }

    /// <summary>What is watched and was not heard of for a while is asked for; when that fails as well, the feed is lost.</summary>
    private async Task AskForSilentAsync(CancellationToken cancellationToken)
    {
        var silent = _watched.Keys.Where(symbol => !_seen.TryGetValue(symbol, out var at) || Now - at > _options.SilentAfter).ToArray();
        if (silent.Length == 0)
            Restored();
        else if (await AskAsync(silent, RequestPriority.Read, cancellationToken) is { } trouble)
            Lost(trouble);
    }

    private async Task<string?> AskAsync(IReadOnlyCollection<Symbol> symbols, RequestPriority priority, CancellationToken cancellationToken)
    {
        var answer = await _session.CallAsync<IReadOnlyList<QuoteWire>>(
            priority, 2, "exchange.quotes", new { account = _session.Account.Id.Value, symbols = symbols.Select(symbol => symbol.ToString()) }, cancellationToken);
        if (ExchangeErrors.Of(answer) is { } failure)
            return failure.Error.Message;
        foreach (var wire in ((GatewayAnswer<IReadOnlyList<QuoteWire>>.Ok)answer).Value)
            Say(wire);
        return null;
    }

    private void OnTold(string method, JsonElement parameters)
    {
        switch (method)
        {
            case "exchange.quote" when GatewayJson.Read<QuoteWire>(method, parameters) is GatewayAnswer<QuoteWire>.Ok { Value: var wire }:
                Say(wire);
                break;
            case "exchange.feed" when parameters.TryGetProperty("state", out var state) && state.ValueKind == JsonValueKind.String && state.GetString() == "lost":
                Lost(parameters.TryGetProperty("reason", out var reason) && reason.ValueKind == JsonValueKind.String ? reason.GetString()! : "the exchange pushes nothing");
                break;
        }
    }

    private void OnState(SessionState state)
    {
        if (state is not SessionState.Closed closed)
            return;
        // The next gateway knows nothing of what was watched.
        lock (_gate)
            (_lives, _subscribed) = (_lives + 1, null);
        if (_hasBegun)
            Lost(closed.Reason);
    }

    private void Say(QuoteWire wire)
    {
        var (bid, ask) = (wire.Bid ?? wire.Last, wire.Ask ?? wire.Last);
        if (!Symbol.TryParse(wire.Symbol, out var symbol) || bid is not > 0m || ask is not > 0m || bid > ask)
            return;
        // A push that overtook another one is old news.
        var at = new Instant(Math.Min(wire.At, Now.UnixMilliseconds));
        if (_seen.TryGetValue(symbol, out var before) && at < before)
            return;
        _seen[symbol] = at;
        Restored();
        _sink.Post(new EngineEvent.QuoteReceived(new Quote(symbol, new Price(bid.Value), new Price(ask.Value), at)) { At = Now });
    }

    private void Lost(string reason)
    {
        if (_isLost)
            return;
        _isLost = true;
        _sink.Post(new EngineEvent.FeedLost(Name, reason) { At = Now });
    }

    private void Restored()
    {
        if (!_isLost || _session.State is not SessionState.Open)
            return;
        _isLost = false;
        _sink.Post(new EngineEvent.FeedRestored(Name) { At = Now });
    }
}

public sealed record QuoteFeedOptions
{
    /// <summary>A price this old is asked for again before a signal is decided on.</summary>
    public TimeSpan FreshFor { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a start may take before its absence is told.</summary>
    public TimeSpan BeginWithin { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>A watched symbol that was not heard of for so long is asked for.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a symbol is watched after it was last asked for.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromHours(6);
}
