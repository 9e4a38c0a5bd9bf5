namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>Currencies, metals and indices are read, and never traded without a question.</summary>
internal sealed class CryptoMarketCheck : ISignalCheck
{
    public bool MakesMalformed => false;

    public RuleFailure? Check(SignalFigures figures, ParseContext context) =>
        figures.Draft.Market == MarketKind.Forex ? new RuleFailure("not-a-crypto-market", $"{figures.Pair} is not traded on a crypto exchange") : null;
}
