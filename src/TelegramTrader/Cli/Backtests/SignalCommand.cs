using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary>The arguments of <c>backtest signals</c>: of ready signals, each alone, or of posts that go through the engine.</summary>
internal static class SignalCommand
{
    private const string ShareRange = "from 0 up to, and not including, 1";

    public static Command Of(Option<string?> settings, TextWriter output, TextWriter errors)
    {
        var signals = new Option<string?>("--signals") { Description = "Ready signals, one JSON object a line: id, time, symbol, side, entry, targets, stop. Needs --independent.", HelpName = "FILE" };
        var messages = new Option<string?>("--messages")
        {
            Description = "Posts, with all versions: lines of JSON (time, channel, message_id, text …), as in signals_raw.jsonl or a recording; or result.json of Telegram Desktop's export.", HelpName = "FILE",
        };
        var candles = new Option<string[]>("--candles")
        {
            Description = "CSV with time, open, high, low, close, volume, compressed where the name ends in .gz; of several symbols each file has its symbol in the name or in front of it. "
                + "With --messages also folders; without it the candles in the data folder.",
            HelpName = "[SYMBOL=]FILE", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [],
        };
        var fee = BacktestCommands.Fee();
        var slippage = BacktestCommands.Number("--slippage", "How much worse orders at the market are filled, as a fraction of the price.", 0m, IsShare, ShareRange);
        var spread = BacktestCommands.Number("--spread", "Between bid and ask, as a fraction of the price; half of it is paid by each order at the market.", 0m, IsShare, ShareRange);
        var (json, chart, theme) = (BacktestCommands.Json(), ChartFile.PathOption(), ChartFile.ThemeOption());
        chart.Description = "With --messages: a picture of equity and drawdown, as PNG.";
        theme.Description = "With --messages: the background of the picture, dark or light.";

        var size = BacktestCommands.Number("--size", "With --signals: what each signal enters with, in the base asset.", 1m, value => value is >= 0.000001m and <= 1_000_000_000m, "from 0.000001 to 1000000000");
        var hold = new Option<int?>("--max-hold") { Description = "With --signals: bars after which what is open is closed at the last close, that of the entry included; no limit unless given.", HelpName = "BARS" };
        hold.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 and var bars)
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"The longest hold must be at least 1 bar but is {bars}."));
        });
        var independent = new Option<bool>("--independent") { Description = "With --signals: each signal alone, without limits of the portfolio and without a size from the risk." };

        var channel = new Option<string?>("--channel") { Description = "With --messages: only the posts of this channel, with or without its @.", HelpName = "NAME" };
        var finer = Files("--finer", "With --messages: shorter candles, which show the way through those of --candles.");
        var funding = Files("--funding", "With --messages: CSV with time, funding_rate; files whose name has the word funding in a folder of --candles count too.");
        var from = new Option<Instant?>("--from") { Description = "With --messages: posts from this day or moment on, UTC.", HelpName = "DATE", CustomParser = result => CandleCommands.DateOf(result) };
        var to = new Option<Instant?>("--to") { Description = "With --messages: posts before this day or moment. What they opened is followed to its end.", HelpName = "DATE", CustomParser = result => CandleCommands.DateOf(result) };
        var delay = DelayOptions.One("--delay", "With --messages: how much later than they came the posts are acted upon, in seconds; 0 unless given.");
        var sweep = DelayOptions.Several("--delay-sweep", "With --messages: the same under each of these delays, as 0,30,60,300.");
        var limits = new Option<bool>("--no-limits") { Description = "With --messages: each signal alone, on an account of its own." };
        var balance = BacktestCommands.Number("--balance", "With --messages: what the account starts with; that of the settings unless given.", 10_000m, value => value is > 0m and <= 1_000_000_000_000m, "above 0 and at most 1000000000000");
        var timeframe = CandleCommands.TimeframeOption();
        timeframe.Description = "With --messages and without --candles: which stored candles are walked through.";
        var csv = new Option<string?>("--csv") { Description = "With --messages: where the results go as CSV, one row a signal; backtest_results.csv in this folder, and with --json nowhere, unless given.", HelpName = "FILE" };

        var command = new Command("signals", "What signals would have brought: those that channels posted, through the whole engine, or ready ones, each alone.")
        {
            messages, signals, candles, channel, finer, funding, from, to, delay, sweep, limits, balance, timeframe, csv, size, fee, slippage, spread, hold, independent, json, chart, theme,
        };
        Option[] ofSignals = [size, hold, independent];
        Option[] ofMessages = [channel, finer, funding, from, to, delay, sweep, limits, balance, timeframe, csv, chart, theme];
        command.Validators.Add(result =>
        {
            var (hasSignals, hasMessages) = (IsGiven(result, signals), IsGiven(result, messages));
            if (hasSignals == hasMessages)
                result.AddError("Either --messages (posts of channels) or --signals (ready signals) must be given.");
            else if (hasSignals && !result.GetValue(independent))
                result.AddError("--signals needs --independent: ready signals are taken each alone.");
            else if (hasSignals && !IsGiven(result, candles))
                result.AddError("--signals needs --candles.");
            else if ((hasSignals ? ofMessages : ofSignals).FirstOrDefault(option => IsGiven(result, option)) is { } stranger)
                result.AddError($"{stranger.Name} belongs to {(hasSignals ? "--messages" : "--signals")}.");
        });
        command.SetAction((parsed, cancellation) => parsed.GetValue(signals) is { } file
            ? SignalVerb.RunAsync(
                new SignalVerb.Order(
                    file, parsed.GetValue(candles)!,
                    new IndependentSettings { Size = parsed.GetValue(size), Fee = parsed.GetValue(fee), Slippage = parsed.GetValue(slippage), Spread = parsed.GetValue(spread), MaxHold = parsed.GetValue(hold) },
                    parsed.GetValue(json)),
                output, errors, cancellation)
            : PostsVerb.RunAsync(
                new PostsVerb.Order
                {
                    SettingsFile = parsed.GetValue(settings),
                    Messages = parsed.GetValue(messages)!,
                    Channel = parsed.GetValue(channel),
                    Candles = parsed.GetValue(candles)!,
                    Finer = parsed.GetValue(finer)!,
                    Funding = parsed.GetValue(funding)!,
                    From = parsed.GetValue(from),
                    To = parsed.GetValue(to),
                    Delay = parsed.GetValue(delay),
                    DelaySweep = parsed.GetValue(sweep)!,
                    WithLimits = !parsed.GetValue(limits),
                    Timeframe = parsed.GetValue(timeframe),
                    Balance = Given(parsed, balance),
                    Fee = Given(parsed, fee),
                    Slippage = Given(parsed, slippage),
                    Spread = Given(parsed, spread),
                    Csv = parsed.GetValue(csv),
                    AsJson = parsed.GetValue(json),
                    Chart = ChartFile.Of(parsed.GetValue(chart), parsed.GetValue(theme)),
                },
                output, errors, cancellation));
        return command;
    }

    internal static Option<string[]> Files(string name, string description) => new(name) { Description = description, HelpName = "[SYMBOL=]FILE", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    private static bool IsShare(decimal value) => value is >= 0m and < 1m;

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static decimal? Given(ParseResult parsed, Option<decimal> option) => parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option) : null;
}
