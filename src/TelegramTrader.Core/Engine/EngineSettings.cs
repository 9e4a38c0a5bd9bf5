using System.Collections.Immutable;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Engine;

/// <summary>How the engine trades. Fractions: 0.15 is fifteen per cent. All are settings; these are the shipped defaults.</summary>
public sealed record EngineSettings
{
    /// <summary>Our clock and an exchange's differ a little: ids of booked facts are kept this much longer than the facts they belong to can be told again.</summary>
    public static readonly TimeSpan ClockMargin = TimeSpan.FromHours(1);

    /// <summary>How long the market is watched after a signal, so that what the channel claims of it can be checked.</summary>
    public static readonly TimeSpan WatchSignalsFor = TimeSpan.FromDays(7);

    /// <summary>The account that signals are traded on.</summary>
    public AccountId Account { get; init; } = new("main");

    public RiskSettings Risk { get; init; } = new();

    /// <summary>What was set for single channels; one that is not here has <see cref="ChannelSettings.None"/>.</summary>
    public IReadOnlyDictionary<ChannelId, ChannelSettings> Channels { get; init; } = ImmutableDictionary<ChannelId, ChannelSettings>.Empty;

    public ChannelSettings ChannelOf(ChannelId channel) => Channels.GetValueOrDefault(channel, ChannelSettings.None);

    /// <summary>Stop where a post has none, from the average entry.</summary>
    public decimal DefaultStop { get; init; } = 0.15m;

    /// <summary>Target where a post has none, from the average entry.</summary>
    public decimal DefaultTarget { get; init; } = 0.15m;

    /// <summary>Into how many limit orders an entry zone is split, from its near to its far edge.</summary>
    public int OrdersPerRange { get; init; } = 3;

    public TimeSpan EntryValidFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After this target the stop goes to the average entry; 0 for never.</summary>
    public int BreakevenAfterTarget { get; init; } = 1;

    /// <summary>How far beyond the average entry "breakeven" lies, in the direction of the profit.</summary>
    public decimal BreakevenOffset { get; init; }

    /// <summary>A trailing stop for every trade whose post does not bring its own; null for none.</summary>
    public TrailingStop? Trailing { get; init; }

    /// <summary>The longest a position may last; null for no limit.</summary>
    public TimeSpan? CloseAfter { get; init; }

    /// <summary>Waiting entries are withdrawn once a target is hit.</summary>
    public bool WithdrawEntriesAfterTarget { get; init; } = true;

    /// <summary>
    /// A post that comes with the market this near to its first target, or beyond it, is a plan for later; of any other, the entries are
    /// withdrawn when target or stop is reached before an entry.
    /// </summary>
    public decimal PlannedForLaterWithin { get; init; } = 0.005m;

    /// <summary>How long an alert without levels waits for its details.</summary>
    public TimeSpan DetailsWithin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a position may be without a working stop before the alarm.</summary>
    public TimeSpan ProtectionAlarmAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a position may be without a working stop before it is closed at the market.</summary>
    public TimeSpan ProtectionExitAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait before an order with an unknown outcome is asked about again.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the exchange is asked how everything stands, beside all that it tells by itself, while there is anything at stake.</summary>
    public TimeSpan AskAccountEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an order that was said not to exist is asked about with the others, and keeps its place: a sending of it may still arrive.</summary>
    public TimeSpan MayTurnUpFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long finished trades stay in memory, so that follow-ups still find them.</summary>
    public TimeSpan RememberFinishedFor { get; init; } = TimeSpan.FromHours(48);

    /// <summary>After a restart the prices go on where the last commit stood, because they are recorded ones. Any other market went on without us.</summary>
    public bool PricesWaitForUs { get; init; }

    /// <summary>
    /// Whether a stop may wait for the close of a candle. Where it may not it is an ordinary one at the same level, which acts sooner: an exchange holds it, also while the bot or its
    /// candles are away.
    /// </summary>
    public bool CandlesClose { get; init; } = true;

    /// <summary>
    /// Trades what another desk has decided (<see cref="EngineEvent.TradeFollowed"/>), in the size that was decided there, and decides nothing anew. Only over a simulated exchange.
    /// </summary>
    public bool FollowsAnotherDesk { get; init; }

    /// <summary>A channel on probation makes no entries where real money is; on a simulated exchange it goes on being traded.</summary>
    public bool DeniesOnProbation { get; init; }

    /// <summary>When a loss limit is reached, every position is closed too.</summary>
    public bool FlattenOnLossLimit { get; init; }

    /// <summary>Quote assets that are traded as another: a post about BTC/USD means BTC/USDT on an exchange that has no dollars.</summary>
    public IReadOnlyDictionary<string, string> QuoteAliases { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["USD"] = "USDT", ["BUSD"] = "USDT", ["USDC"] = "USDT" };

    /// <summary>Days and weeks begin at midnight of this zone; weeks on Monday.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
