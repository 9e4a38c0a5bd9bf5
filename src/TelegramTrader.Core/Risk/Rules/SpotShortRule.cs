using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Risk.Rules;

public sealed class SpotShortRule() : RiskRule("spot-short", "short on a spot market")
{
    public override RiskCheck Check(RiskProposal proposal) =>
        Result(proposal.Plan.Instrument.Symbol.IsPerpetual || proposal.Plan.Side == TradeSide.Long, $"{proposal.Plan.Side} on {proposal.Plan.Instrument.Symbol}", "long only on spot");
}
