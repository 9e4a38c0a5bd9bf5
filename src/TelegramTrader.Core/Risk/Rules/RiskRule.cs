using System.Globalization;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Risk.Rules;

/// <summary>What all rules share: a code, a name, and the way numbers are written in checks.</summary>
public abstract class RiskRule(string code, string name) : IRiskRule
{
    public string Code { get; } = code;

    public string Name { get; } = name;

    public abstract RiskCheck Check(RiskProposal proposal);

    protected RiskCheck Result(bool passed, string measured, string limit) => new(Code, Name, passed, measured, limit);

    protected RiskCheck Missing(string what, string limit) => new(Code, Name, false, what + " unknown", limit);

    protected static string Percent(decimal fraction) => (fraction * 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    protected static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    protected static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    protected static string Amount(Money money) => money.Amount.ToString("0.00", CultureInfo.InvariantCulture) + " " + money.Asset;

    protected static string Age(TimeSpan age) => age.TotalSeconds < 120
        ? age.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s"
        : age.TotalMinutes.ToString("0", CultureInfo.InvariantCulture) + " min";
}
