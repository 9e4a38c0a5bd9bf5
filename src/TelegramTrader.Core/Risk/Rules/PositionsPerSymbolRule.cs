namespace TelegramTrader.Core.Risk.Rules;

public sealed class PositionsPerSymbolRule() : RiskRule("positions-per-symbol", "positions in the symbol")
{
    public override RiskCheck Check(RiskProposal proposal)
    {
        var count = proposal.Portfolio.Trades.Count(trade => trade.Symbol == proposal.Plan.Instrument.Symbol);
        return Result(count < proposal.Settings.PositionsPerSymbol, $"{Count(count)} open or waiting", $"fewer than {Count(proposal.Settings.PositionsPerSymbol)}");
    }
}
