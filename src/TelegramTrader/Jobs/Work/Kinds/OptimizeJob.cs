using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Charts;
using TelegramTrader.Connectors.Charts;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>Many settings of a strategy over candles of the past, as <c>optimize</c> of the command line; a part is kept apart and the choice is walked forward unless said otherwise.</summary>
internal sealed class OptimizeJob(PastCandles candles, ChartStyle style) : IJobKind
{
    /// <summary>More of them take hours and gigabytes; the command line takes a million.</summary>
    private const int MostCombinations = 10_000;

    /// <summary>Run again exactly, for the file.</summary>
    private const int Top = 50;

    private const int UsualLater = 20;
    private const int UsualWindows = 4;

    /// <summary>The share of the progress that reading takes.</summary>
    private const double Reading = 0.05;

    private static readonly IReadOnlyList<LineOption> s_options =
    [
        new("later", "per cent of the candles, at the end, that are kept apart", 0, Optimisation.MostOutOfSample, UsualLater) { IsWhole = true },
        new("windows", "of the walk forward; 0 for none", 0, Optimisation.MostWindows, UsualWindows) { IsWhole = true },
    ];

    public string Name => "optimize";

    public string Command => "optimize";

    public bool Takes(IReadOnlyList<string> words) => true;

    public JobCheck Check(IReadOnlyList<string> words)
    {
        var (line, otherwise) = StrategyLine.Read(words, candles, s_options);
        if (line is null)
            return otherwise!;
        var (choice, trouble) = Choose(line);
        if (choice is null)
            return new JobCheck.Wrong(trouble);
        return line is { HasRange: false, Values.Count: 0 } ? line.AskRange(line.Values) : new JobCheck.Ready(line.Text(Values(line)));
    }

    public JobOutcome Run(JobWork work)
    {
        var (line, otherwise) = StrategyLine.Read(work.Arguments.Split(' '), candles, s_options);
        if (line is null)
            return new JobOutcome.Failed((otherwise as JobCheck.Wrong)?.Problem ?? "Something is missing in what was asked for.");
        var (choice, trouble) = Choose(line);
        (var series, trouble) = choice is null ? (null, trouble) : candles.Read(line.Series, line.Days, work.Cancellation);
        if (choice is null || series is null)
            return new JobOutcome.Failed(trouble);
        var windows = Option(line, "windows", UsualWindows);
        var order = new OptimisationOrder(line.Kind, choice, line.Settings, work.Workers, Top, Option(line, "later", UsualLater), null, 1, windows == 0 ? null : windows);
        if (Optimisation.TroubleWith(order, series.Count) is { } tooFew)
            return new JobOutcome.Failed(tooFew);
        var (done, all) = (0L, Optimisation.Work(order, series.Count));
        var result = Optimisation.Run(series, order, bars => work.Progress.Report(Reading + (1 - Reading) * Interlocked.Add(ref done, bars) / all), work.Cancellation);
        var output = new OptimisationOutput(result);
        return new JobOutcome.Done(StrategyRows.Of(result, line), output.Json()) { Charts = [.. Charts(result, output.Map)] };
    }

    /// <summary>All combinations where there are two parameters, and the best of them over time.</summary>
    private IEnumerable<Chart> Charts(OptimisationResult result, HeatMap? map)
    {
        if (map is not null)
            yield return map.Chart(result.Order.Kind.Name, result.Series, result.Order.Settings.Cash, style);
        if (result.Series.Count > 1 && result.Ranked.FirstOrDefault(one => one.Result.Trades.Count > 0) is { } best)
            yield return BacktestCharts.Equity($"{result.Order.Kind.Name} {StrategyText.InWords(best.Params)}", result.Series, result.Order.Settings, best.Result, style);
    }

    private static (GridChoice? Choice, string Trouble) Choose(StrategyLine line)
    {
        var (grid, trouble) = ParameterGrid.Of(Values(line));
        return grid is null ? (null, trouble)
            : grid.Count > MostCombinations ? (null, string.Create(CultureInfo.InvariantCulture, $"The grid may have at most {MostCombinations} combinations here but has {grid.Count}; optimize at the command line takes more."))
            : GridChoice.Of(line.Kind, Values(line), random: null, seed: 1);
    }

    private static IReadOnlyList<string> Values(StrategyLine line) => line.Values.Count > 0 ? line.Values : UsualValues.Grid(line.Kind.Name);

    private static int Option(StrategyLine line, string name, int usual) => line.Options.TryGetValue(name, out var value) ? (int)value : usual;
}
