using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Engine.Claims;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Core.Judgement;

/// <summary>What the engine committed in one run, as far as it tells what signals were worth. The engine itself forgets trades after a while.</summary>
internal sealed class RunRecord(RememberedIdeas ideas) : IJournal
{
    private readonly Dictionary<int, Decision> _decisions = [];
    private readonly Dictionary<int, Trade> _trades = [];
    private readonly Dictionary<int, Trade> _asPlanned = [];
    private readonly List<DecidedIdea> _decided = [];

    /// <summary>What became of every version of every post that was delivered.</summary>
    public List<MessageOutcome> Messages { get; } = [];

    public List<SignalClaim> Claims { get; } = [];

    /// <summary>In the order in which they were decided.</summary>
    public IReadOnlyList<DecidedIdea> Decided => _decided;

    public Trade? TradeOf(int number) => _trades.GetValueOrDefault(number);

    /// <summary>The trade with the levels that it began with: as planned, from the first fill on set from the entry. A later edit of the post is not in it.</summary>
    public Trade? AsPlanned(int number) => _asPlanned.GetValueOrDefault(number);

    public void Commit(EngineCommit commit)
    {
        foreach (var (number, trade) in commit.Changes.Trades)
        {
            if (!_trades.TryGetValue(number, out var before) || before.Position is null && before.Closed.Count == 0 && trade.Position is not null)
                _asPlanned[number] = trade;
            _trades[number] = trade;
        }

        foreach (var decision in commit.Changes.Decisions)
            _decisions[decision.Number] = decision;
        Claims.AddRange(commit.Changes.Claims);
        foreach (var outcome in commit.Changes.Messages)
        {
            Messages.Add(outcome);
            var found = ideas.Of(outcome.Message);
            for (var place = 0; place < outcome.Decisions.Count; place++)
                _decided.Add(new DecidedIdea(outcome.Message, place, _decisions[outcome.Decisions[place]], outcome.Kind == "signal" && place < found.Count ? found[place] : null));
        }
    }
}

/// <param name="Message">The version of the post that was decided about.</param>
/// <param name="Place">Which idea of the post.</param>
/// <param name="Idea">Null where the post was not read as a complete signal.</param>
internal sealed record DecidedIdea(ChannelMessage Message, int Place, Decision Decision, ParsedSignal? Idea);
