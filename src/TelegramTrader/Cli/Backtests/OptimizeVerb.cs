using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Cli.Backtests;

/// <summary><c>optimize</c>: every combination of a grid, the best first, each of those run again exactly.</summary>
internal static class OptimizeVerb
{
    private const int UsualTop = 10;

    /// <param name="Top">Null: ten for people, all of them in JSON.</param>
    /// <param name="OutOfSample">Per cent of the bars at the end.</param>
    /// <param name="Random">So many combinations, drawn by chance; null: all.</param>
    /// <param name="Windows">Of the walk forward; null: none.</param>
    public sealed record Order(
        string Strategy, IReadOnlyList<string> Grid, IReadOnlyList<string> Candles, StrategySettings Settings, int Workers, int? Top, int OutOfSample, int? Random, int Seed, int? Windows, bool AsJson,
        ChartFile? Chart);

    public static async Task<int> RunAsync(Order order, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var kind = StrategyCatalog.Find(order.Strategy)!;
        var (choice, trouble) = GridChoice.Of(kind, order.Grid, order.Random, order.Seed);
        if (choice is null)
        {
            await errors.WriteLineAsync(trouble);
            return ExitCodes.BadArguments;
        }

        if (choice.Skipped > 0)
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Combinations left out because their values do not fit each other: {choice.Skipped}. {choice.Trouble}"));
        if (await StrategyVerb.SeriesAsync(order.Candles, errors) is not { } series)
            return ExitCodes.Failed;
        var asked = new OptimisationOrder(
            kind, choice, order.Settings, order.Workers, order.Top ?? (order.AsJson ? choice.Combinations.Count : UsualTop), order.OutOfSample, order.Random, order.Seed, order.Windows);
        if (Optimisation.TroubleWith(asked, series.Count) is { } tooFew)
        {
            await errors.WriteLineAsync(tooFew);
            return ExitCodes.Failed;
        }

        try
        {
            using var interruption = new Interruption(cancellation);
            var progress = new SweepProgress(Optimisation.Work(asked, series.Count), "bars", errors);
            var told = new OptimisationOutput(Optimisation.Run(series, asked, progress.Add, interruption.Token));
            if (order.AsJson)
                await output.WriteLineAsync(told.Json());
            else
                await told.WriteAsync(output);
            if (order.Chart is not { } chart)
                return ExitCodes.Done;
            if (told.Map is { } map)
                return await chart.SaveAsync(style => map.Chart(order.Strategy, series, order.Settings.Cash, style), errors, interruption.Token);
            await errors.WriteLineAsync("There is no chart: a heat map needs a grid of two parameters and at most 10000 combinations.");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Interrupted; there is no result.");
            return ExitCodes.Failed;
        }
    }
}
