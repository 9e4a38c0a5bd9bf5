using System.Runtime.CompilerServices;

namespace TelegramTrader.Core.Backtest;

/// <summary>Running moments of a row of numbers, without keeping it. Update formulas: Pébay, "Formulas for Robust, One-Pass Parallel Computation of Covariances and Arbitrary-Order Statistical Moments", 2008.</summary>
public struct Moments
{
    private double _second;
    private double _third;
    private double _fourth;
    private double _below;

    public int Count { get; private set; }

    public double Mean { get; private set; }

    /// <summary>Sample standard deviation (n − 1); 0 for fewer than two numbers.</summary>
    public readonly double Deviation => Count < 2 ? 0 : Math.Sqrt(_second / (Count - 1));

    /// <summary>Root of the mean square of what is below zero, over all numbers.</summary>
    public readonly double DownsideDeviation => Count == 0 ? 0 : Math.Sqrt(_below / Count);

    /// <summary>0 for a symmetric row.</summary>
    public readonly double Skewness => _second <= 0 ? 0 : Math.Sqrt(Count) * _third / Math.Pow(_second, 1.5);

    /// <summary>3 for a normal distribution.</summary>
    public readonly double Kurtosis => _second <= 0 ? 3 : Count * _fourth / (_second * _second);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double value)
    {
        var before = Count++;
        var delta = value - Mean;
        var share = delta / Count;
        var square = share * share;
        var term = delta * share * before;
        Mean += share;
        _fourth += term * square * ((double)Count * Count - 3.0 * Count + 3) + 6 * square * _second - 4 * share * _third;
        _third += term * share * (Count - 2) - 3 * share * _second;
        _second += term;
        if (value < 0)
            _below += value * value;
    }
}
