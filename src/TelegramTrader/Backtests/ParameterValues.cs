using System.Globalization;
using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Backtests;

/// <summary>One value for each parameter of a strategy, as a person writes them.</summary>
internal static class ParameterValues
{
    /// <param name="texts">Such as <c>fast=10</c>, once each; what is not given is as usual.</param>
    /// <returns>All values, or null with what is wrong.</returns>
    public static (IReadOnlyDictionary<string, decimal>? Values, string Trouble) Of(StrategyKind kind, IReadOnlyList<string> texts)
    {
        var given = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || !decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || !given.TryAdd(parts[0], value))
                return (null, $"A parameter is written as fast=10, once each, but is '{text}'.");
        }

        var (values, trouble) = kind.Complete(given);
        return values is null ? (null, trouble) : kind.Misfit(values) is { } misfit ? (null, misfit) : (values, "");
    }
}
