namespace TelegramTrader.Core.Signals.Parsing.Checks;

/// <summary>A signal says where it ends: by a stop or by targets.</summary>
internal sealed class ExitCheck : ISignalCheck
{
    public const string Code = "no-stop-no-target";

    public bool MakesMalformed => false;

    public RuleFailure? Check(SignalFigures figures, ParseContext context) =>
        figures.Draft.Stop is null or StopPlan.Missing && figures.Draft.Targets.Count == 0
            ? new RuleFailure(Code, $"the post gives neither stop nor target for {figures.Pair}")
            : null;
}
