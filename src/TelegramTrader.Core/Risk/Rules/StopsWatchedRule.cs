namespace TelegramTrader.Core.Risk.Rules;

/// <summary>Where no stop rests at the exchange, nothing new is entered while there are no prices by which the bot could watch what is open.</summary>
public sealed class StopsWatchedRule() : RiskRule("stops-unwatched", "time without prices for stops that only the bot watches")
{
    public override RiskCheck Check(RiskProposal proposal) => proposal.Portfolio.StopsUnwatchedSince is { } since
        ? Result(false, Number((decimal)(proposal.Portfolio.Now - since).TotalSeconds) + " s", "none")
        : Result(true, "none", "none");
}
