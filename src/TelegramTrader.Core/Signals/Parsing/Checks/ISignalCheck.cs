namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>One rule that a complete signal must keep. Pure; knows nothing of the other rules.</summary>
internal interface ISignalCheck
{
    /// <summary>True when figures that break the rule can't be true together; false when the user may still want the trade.</summary>
    bool MakesMalformed { get; }

    /// <summary>Null when the rule is kept.</summary>
    RuleFailure? Check(SignalFigures figures, ParseContext context);
}
