using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Cli.Backtests;

/// <summary>The arguments of <c>backtest strategy</c> and <c>optimize</c>, and what all backtests share.</summary>
internal static class BacktestCommands
{
    private const int MostWorkers = 256;
    private const int MostWindows = 1_000;

    public static IEnumerable<Command> All(Option<string?> settings, TextWriter output, TextWriter errors)
    {
        yield return new Command("backtest", "What a strategy, or signals, would have made of the prices of the past.") { Strategy(output, errors), SignalCommand.Of(settings, output, errors) };
        yield return Optimize(output, errors);
    }

    private static Command Strategy(TextWriter output, TextWriter errors)
    {
        var name = StrategyName();
        var parameters = new Option<string[]>("--param") { Description = "A parameter of the strategy, such as fast=10; once for each. What is not given is as usual: docs/strategies.md has the list.", HelpName = "NAME=VALUE", DefaultValueFactory = _ => [] };
        var (candles, cash, size, fee, json) = (Candles(), Cash(), Size(), Fee(), Json());
        var command = new Command("strategy", "A strategy over candles: what it says at a close is filled at the next open, with a fee on each fill.") { name, parameters, candles, cash, size, fee, json };
        command.SetAction((parsed, cancellation) => StrategyVerb.RunAsync(
            parsed.GetValue(name)!, parsed.GetValue(parameters)!, parsed.GetValue(candles)!,
            new StrategySettings { Cash = parsed.GetValue(cash), Units = parsed.GetValue(size)!.Units, Fee = parsed.GetValue(fee) }, parsed.GetValue(json), output, errors, cancellation));
        return command;
    }

    private static Command Optimize(TextWriter output, TextWriter errors)
    {
        var name = StrategyName();
        var grid = new Option<string[]>("--grid")
        {
            Description = "Values of a parameter: fast=5:50:5 (from, to, step) or fast=5,10,20; once for each.", HelpName = "NAME=FROM:TO:STEP", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true,
        };
        var (candles, cash, size, fee, json) = (Candles(), Cash(), Size(), Fee(), Json());
        var workers = new Option<int>("--workers") { Description = "Threads; one a core unless given.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        workers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var count and (< 1 or > MostWorkers))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"The workers must be 1 to {MostWorkers} but are {count}."));
        });
        var top = new Option<int?>("--top") { Description = "How many of the best are shown; 10 unless given, and with --json all.", HelpName = "N" };
        top.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 and var count)
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"The top must be at least 1 but is {count}."));
        });
        var split = new Option<int>("--out-of-sample")
        {
            Description = "Per cent of the bars, at the end, that are kept apart: the choice is made on those before, and shown on these. 0 to 90; none unless given.", HelpName = "PERCENT",
        };
        split.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var share and (< 0 or > 90))
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"The part out of sample must be 0 to 90 per cent but is {share}."));
        });
        var random = new Option<int?>("--random") { Description = "So many combinations of the grid, drawn by chance, none twice; all unless given. The grid may then be as large as it likes.", HelpName = "N" };
        random.Validators.Add(result => Within(result, "combinations drawn by chance", result.GetValueOrDefault<int?>(), ParameterGrid.MostCombinations));
        var seed = new Option<int>("--seed") { Description = "Of --random: the same draws the same combinations; 1 unless given.", HelpName = "S", DefaultValueFactory = _ => 1 };
        var windows = new Option<int?>("--walk-forward")
        {
            Description = "Windows in each of which that combination trades which was the best on all bars before; their results joined.", HelpName = "N",
        };
        windows.Validators.Add(result => Within(result, "windows of the walk forward", result.GetValueOrDefault<int?>(), MostWindows));
        var command = new Command("optimize", "Many combinations of a strategy's parameters over the same candles, the best first, and whether that may be luck.")
        {
            name, grid, candles, cash, size, fee, workers, top, split, random, seed, windows, json,
        };
        command.SetAction((parsed, cancellation) => OptimizeVerb.RunAsync(
            new OptimizeVerb.Order(
                parsed.GetValue(name)!, parsed.GetValue(grid)!, parsed.GetValue(candles)!,
                new StrategySettings { Cash = parsed.GetValue(cash), Units = parsed.GetValue(size)!.Units, Fee = parsed.GetValue(fee) }, parsed.GetValue(workers), parsed.GetValue(top), parsed.GetValue(split),
                parsed.GetValue(random), parsed.GetValue(seed), parsed.GetValue(windows), parsed.GetValue(json)),
            output, errors, cancellation));
        return command;
    }

    private static void Within(OptionResult result, string what, int? count, int most)
    {
        if (count < 1 || count > most)
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"The {what} must be 1 to {most} but are {count}."));
    }

    private static Option<string> StrategyName()
    {
        var name = new Option<string>("--strategy") { Description = $"One of {string.Join(", ", StrategyCatalog.Names)}.", HelpName = "NAME", Required = true };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is var given && !StrategyCatalog.Names.Contains(given))
                result.AddError($"The strategy must be one of {string.Join(", ", StrategyCatalog.Names)}, but is '{given}'.");
        });
        return name;
    }

    private static Option<string[]> Candles() => new("--candles")
    {
        Description = "CSV with time, open, high, low, close, volume, compressed where the name ends in .gz; several follow one another in time.", HelpName = "FILE", Required = true, AllowMultipleArgumentsPerToken = true,
    };

    private static Option<decimal> Cash() => Number("--cash", "What it starts with, in the quote asset.", 10_000m, value => value > 0m, "above 0");

    internal static Option<decimal> Fee() => Number("--fee", "Of each fill, as a fraction of its value: 0.001 is 0.1 %.", 0.001m, value => value is >= 0m and < 1m, "from 0 up to, and not including, 1");

    private static Option<EntrySize> Size() => new("--size")
    {
        Description = "What each entry buys, in the base asset; or all, which spends all cash.",
        HelpName = "UNITS|all",
        DefaultValueFactory = _ => new EntrySize(null),
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (text == "all")
                return new EntrySize(null);
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var units) && units > 0m)
                return new EntrySize(units);
            result.AddError($"The size must be all, or a number above 0, but is '{text}'.");
            return new EntrySize(null);
        },
    };

    /// <param name="Units">Null: all cash.</param>
    private sealed record EntrySize(decimal? Units)
    {
        /// <summary>As the help shows what is usual.</summary>
        public override string ToString() => Units?.ToString(CultureInfo.InvariantCulture) ?? "all";
    }

    internal static Option<bool> Json() => new("--json") { Description = "JSON on standard output, and nothing else." };

    internal static Option<decimal> Number(string name, string description, decimal usual, Func<decimal, bool> fits, string range) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && fits(number))
                return number;
            result.AddError($"{name} must be a number {range}, but is '{text}'.");
            return usual;
        },
    };
}
