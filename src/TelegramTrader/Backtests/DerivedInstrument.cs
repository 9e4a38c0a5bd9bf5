using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Backtests;

/// <summary>
/// What an exchange would say of an instrument of which only prices are known. The tick is the smallest decimal that the prices use; the step is the power of ten whose value is at
/// most one unit of the quote asset; nothing else is finer than what exchanges commonly have.
/// </summary>
public static class DerivedInstrument
{
    private const int MostDecimals = 12;

    public static Instrument Of(Symbol symbol, CandleColumns prices)
    {
        var decimals = 0;
        for (var index = 0; index < prices.Count && decimals < MostDecimals; index++)
            decimals = Math.Max(Math.Max(decimals, Decimals(prices.Close[index])), Math.Max(Decimals(prices.High[index]), Decimals(prices.Low[index])));
        var step = 1m;
        for (var price = prices.Close[^1]; step * price > 1m && step > 0.00000001m; step /= 10m)
        {
        }

        return new Instrument
        {
            Symbol = symbol,
            PriceTick = Power(-decimals),
            QuantityStep = step,
            MinimumQuantity = new Quantity(step),
            MinimumNotional = 5m,
            MaximumLeverage = symbol.IsPerpetual ? 50m : 1m,
            MaintenanceMarginRate = symbol.IsPerpetual ? 0.005m : 0m,
        };
    }

    /// <summary>As it is told to people.</summary>
    public static string InWords(Instrument instrument) =>
        FormattableString.Invariant($"{instrument.Symbol}: tick {instrument.PriceTick}, step {instrument.QuantityStep}, smallest order {instrument.MinimumNotional} {instrument.QuoteAsset}");

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (; exponent < 0; exponent++)
            power /= 10m;
        return power;
    }

    /// <summary>Without zeros at the end.</summary>
    private static int Decimals(decimal value) => Math.Min(MostDecimals, (int)(value / 1.0000000000000000000000000000m).Scale);
}
