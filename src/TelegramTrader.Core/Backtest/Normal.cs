namespace TelegramTrader.Core.Backtest;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    private static readonly double[] _a = [-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00];
    private static readonly double[] _b = [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01];
    private static readonly double[] _c = [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00];
    private static readonly double[] _d = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00];

    /// <summary>Probability of a value below. Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.2.17; off by less than 7.5e-8.</summary>
    public static double Probability(double value)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(value));
        var tail = Math.Exp(-value * value / 2) / Math.Sqrt(2 * Math.PI) * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return value >= 0 ? 1 - tail : tail;
    }

    /// <summary>The value below which a share lies. Acklam, "An algorithm for computing the inverse normal cumulative distribution function", 2003; relative error below 1.15e-9.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    public static double Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(share, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        const double Border = 0.02425;
        if (share < Border)
            return Tail(Math.Sqrt(-2 * Math.Log(share)));
        if (share > 1 - Border)
            return -Tail(Math.Sqrt(-2 * Math.Log(1 - share)));
        var q = share - 0.5;
        var r = q * q;
        return Polynomial(_a, r) * q / (Polynomial(_b, r) * r + 1);

        static double Tail(double q) => Polynomial(_c, q) / (Polynomial(_d, q) * q + 1);
    }

    private static double Polynomial(double[] factors, double x) => factors.Aggregate(0.0, (sum, factor) => sum * x + factor);
}
