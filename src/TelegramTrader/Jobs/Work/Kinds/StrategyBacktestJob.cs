using TelegramTrader.Backtests;
using TelegramTrader.Charts;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Core.Backtest.Strategies;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>One strategy with one set of values over candles of the past, as <c>backtest strategy</c> of the command line.</summary>
internal sealed class StrategyBacktestJob(PastCandles candles, ChartStyle style) : IJobKind
{
    /// <summary>Reading is most of it.</summary>
    private const double Reading = 0.7;

    public string Name => "backtest";

    public string Command => "backtest";

    public bool Takes(IReadOnlyList<string> words) => words.Count == 0 || StrategyCatalog.Find(words[0]) is not null;

    public JobCheck Check(IReadOnlyList<string> words)
    {
        var (line, otherwise) = StrategyLine.Read(words, candles, []);
        if (line is null)
            return otherwise!;
        if (line.Values.Count == 0 && !line.HasRange && line.Kind.Parameters.Any(parameter => parameter.Usual is null))
            return new JobCheck.Asks($"{line.Kind.Name} on {line.Series.Symbol} {line.Series.Timeframe}: with which values?",
                [.. UsualValues.Sets.Select(set => new JobChoice(string.Join(", ", set).Replace('=', ' '), string.Join(' ', [line.Kind.Name, line.Series.Symbol.ToString(), line.Series.Timeframe.ToString(), .. set])))]);
        var (values, trouble) = ParameterValues.Of(line.Kind, line.Values);
        if (values is null)
            return new JobCheck.Wrong(trouble);
        return line.HasRange ? new JobCheck.Ready(line.Text(line.Values)) : line.AskRange(line.Values);
    }

    public JobOutcome Run(JobWork work)
    {
        var (line, otherwise) = StrategyLine.Read(work.Arguments.Split(' '), candles, []);
        if (line is null)
            return new JobOutcome.Failed((otherwise as JobCheck.Wrong)?.Problem ?? "Something is missing in what was asked for.");
        var (values, trouble) = ParameterValues.Of(line.Kind, line.Values);
        (var series, trouble) = values is null ? (null, trouble) : candles.Read(line.Series, line.Days, work.Cancellation);
        if (values is null || series is null)
            return new JobOutcome.Failed(trouble);
        work.Progress.Report(Reading);
        var result = line.Kind.Run(series, values, line.Settings);
        work.Cancellation.ThrowIfCancellationRequested();
        return new JobOutcome.Done(StrategyRows.Of(result, series, line, values), StrategyJson.Of(line.Kind.Name, values, series, line.Settings, result))
        {
            Charts = series.Count > 1 ? [BacktestCharts.Equity($"{line.Kind.Name} {StrategyText.InWords(values)}", series, line.Settings, result, style)] : [],
        };
    }
}
