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

    /// <summary>Takes a factor in; true when it is the one that cost the most so far, so that its reason is asked for.</summary>
    public bool Lower(double factor)
    {
        Value *= factor;
        if (factor >= _worst)
            return false;
        _worst = factor;
        return true;
    }

    /// <summary>The reason for the factor that was taken in last.</summary>
    public void Because(string code, string text) => Reason = new RuleFailure(code, text);
}
