namespace TelegramTrader.Core.Risk.Rules;

public sealed class PositionsPerChannelRule() : RiskRule("positions-per-channel", "positions of the channel")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var count = proposal.Portfolio.Trades.Count(trade => trade.Channel == proposal.Plan.Signal.Channel);
        return Result(count < proposal.Settings.PositionsPerChannel, $"{Count(count)} open or waiting", $"fewer than {Count(proposal.Settings.PositionsPerChannel)}");
    }
}
