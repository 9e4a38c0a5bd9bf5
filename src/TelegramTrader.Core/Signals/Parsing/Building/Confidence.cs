namespace TelegramTrader.Core.Signals.Parsing.Building;

/// <summary>
/// How sure a reading is: a product of factors, one for each thing that could have been meant otherwise. Keeps the reason that cost the most.
/// </summary>
internal sealed class Confidence
{
    private double _worst = 1.0;

    /// <summary>0 to 1.</summary>
    public double Value { get; private set; } = 1.0;

    /// <summary>What cost the most; null while nothing did.</summary>
    public RuleFailure? Reason { get; private set; }

    public void Lower(double factor, string code, string text)
    {
        Value *= factor;
        if (factor >= _worst)
            return;
        _worst = factor;
        Reason = new RuleFailure(code, text);
    }
}
