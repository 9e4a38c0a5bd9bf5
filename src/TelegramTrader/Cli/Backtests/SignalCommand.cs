using System.CommandLine;
using System.Globalization;
using TelegramTrader.Core.Backtest;

namespace TelegramTrader.Cli.Backtests;

/// <summary>The arguments of <c>backtest signals</c>.</summary>
internal static class SignalCommand
{
    public static Command Of(TextWriter output, TextWriter errors)
    {
        var signals = new Option<string>("--signals") { Description = "Ready signals, one JSON object a line: id, time, symbol, side, entry, targets, stop.", HelpName = "FILE", Required = true };
        var candles = new Option<string[]>("--candles")
        {
            Description = "CSV with time, open, high, low, close, volume, compressed where the name ends in .gz; of several symbols each file has its symbol in the name or in front of it.",
            HelpName = "[SYMBOL=]FILE", Required = true, AllowMultipleArgumentsPerToken = true,
        };
        var size = BacktestCommands.Number("--size", "What each signal enters with, in the base asset.", 1m, value => value is >= 0.000001m and <= 1_000_000_000m, "from 0.000001 to 1000000000");
        var fee = BacktestCommands.Fee();
        var slippage = BacktestCommands.Number("--slippage", "How much worse orders at the market are filled, as a fraction of the price.", 0m, IsShare, ShareRange);
        var spread = BacktestCommands.Number("--spread", "Between bid and ask, as a fraction of the price; half of it is paid by each order at the market.", 0m, IsShare, ShareRange);
        var hold = new Option<int?>("--max-hold") { Description = "Bars after which what is open is closed at the last close, that of the entry included; no limit unless given.", HelpName = "BARS" };
        hold.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 and var bars)
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"The longest hold must be at least 1 bar but is {bars}."));
        });
        var independent = new Option<bool>("--independent") { Description = "Each signal alone: no limits of the portfolio, and no size from the risk." };
        var json = BacktestCommands.Json();
        var command = new Command("signals", "Ready signals over candles: what each would have brought.") { signals, candles, size, fee, slippage, spread, hold, independent, json };
        command.Validators.Add(result =>
        {
            if (!result.GetValue(independent))
                result.AddError("--signals needs --independent: ready signals are taken each alone.");
        });
        command.SetAction((parsed, cancellation) => SignalVerb.RunAsync(
            new SignalVerb.Order(
                parsed.GetValue(signals)!, parsed.GetValue(candles)!,
                new IndependentSettings { Size = parsed.GetValue(size), Fee = parsed.GetValue(fee), Slippage = parsed.GetValue(slippage), Spread = parsed.GetValue(spread), MaxHold = parsed.GetValue(hold) },
                parsed.GetValue(json)),
            output, errors, cancellation));
        return command;
    }

    private const string ShareRange = "from 0 up to, and not including, 1";

    private static bool IsShare(decimal value) => value is >= 0m and < 1m;
}
