namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>The pair is listed, where there is a list to look at.</summary>
internal sealed class ListedPairCheck : ISignalCheck
{
    public bool MakesMalformed => false;

    public RuleFailure? Check(SignalFigures figures, ParseContext context) =>
        context.Market.IsListed(figures.Pair) == false ? new RuleFailure(VenueSymbols.UnknownSymbol, $"{figures.Pair} is not listed") : null;
}
