using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Backtest;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli.Backtests;

/// <summary><c>backtest signals --independent</c>: ready signals of a file, each alone.</summary>
internal static class SignalVerb
{
    /// <summary>How results come about; part of every output.</summary>
    public const string FillRule =
        "entry at the open of the first bar after the signal; on every bar, that of the entry included, the stop first, then the targets in their order, each at its own price; equal shares; fee on each fill";

    public sealed record Order(string Signals, IReadOnlyList<string> Candles, IndependentSettings Settings, bool AsJson);

    /// <param name="Outcomes">In the order of the file.</param>
    public sealed record Results(SignalFile File, IReadOnlyList<(WrittenSignal Written, IndependentOutcome Outcome, PriceRanges? Candles)> Outcomes, int Bars, TimeSpan Took)
    {
        public int Count(IndependentEnd end) => Outcomes.Count(one => one.Outcome.End == end);

        public decimal Net => Outcomes.Sum(one => one.Outcome.Closed?.Net.Amount ?? 0m);
    }

    public static async Task<int> RunAsync(Order order, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (!File.Exists(order.Signals))
        {
            await errors.WriteLineAsync($"The file '{order.Signals}' does not exist.");
            return ExitCodes.BadArguments;
        }

        try
        {
            using var interruption = new Interruption(cancellation);
            var file = SignalFile.Read(order.Signals);
            foreach (var bad in file.BadLines)
                await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{order.Signals}, line {bad.Line}: {bad.Reason}"));
            if (file.Signals.Count == 0)
            {
                await errors.WriteLineAsync($"There are no signals in {order.Signals}.");
                return ExitCodes.Failed;
            }

            var backtests = await ReadMeanwhileGettingReadyAsync(order, file, errors, interruption.Token);
            var results = Run(file, backtests, errors, interruption.Token);
            if (order.AsJson)
                await output.WriteLineAsync(SignalJson.Of(order, results));
            else
                await WriteAsync(results, output);
            return file.BadLines.Count == 0 ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Interrupted; there is no result.");
            return ExitCodes.Failed;
        }
        catch (Exception exception) when (exception is CandleStoreException or ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }

    /// <summary>
    /// Code is compiled when it is first used, and once more, better, when it is used often. With some candles of no meaning that happens on another core while the real ones are read.
    /// </summary>
    private static async Task<Dictionary<string, (SignalBacktest Backtest, PriceRanges Candles)>> ReadMeanwhileGettingReadyAsync(Order order, SignalFile file, TextWriter errors, CancellationToken cancellation)
    {
        using var read = new CancellationTokenSource();
        var ready = Task.Run(
            () =>
            {
                do
                    GetReady(order.Settings);
                while (!read.IsCancellationRequested);
            },
            CancellationToken.None);
        try
        {
            return Backtests(order, file, errors, cancellation);
        }
        finally
        {
            await read.CancelAsync();
            await ready;
        }
    }

    /// <summary>One for each symbol that has candles.</summary>
    private static Dictionary<string, (SignalBacktest Backtest, PriceRanges Candles)> Backtests(Order order, SignalFile file, TextWriter errors, CancellationToken cancellation)
    {
        // BTCUSDT and BTC/USDT are one.
        var symbols = file.Signals.Select(written => written.Symbol).Where(CandleSources.IsSymbol).DistinctBy(CandleSources.Plain).ToArray();
        var backtests = new Dictionary<string, (SignalBacktest, PriceRanges)>(StringComparer.Ordinal);
        foreach (var (symbol, files) in CandleSources.Match(symbols, order.Candles))
        {
            errors.WriteLine($"Reading {string.Join(", ", files.Select(Path.GetFileName))} as {symbol}");
            var candles = CandleSources.Read(files);
            if (candles.Count == 0)
                throw new FormatException("There are no candles in what was given.");
            backtests.Add(CandleSources.Plain(symbol), (new SignalBacktest(candles, CandleSources.SymbolOf(symbol), order.Settings), candles));
            cancellation.ThrowIfCancellationRequested();
        }

        return backtests;
    }

    private static Results Run(SignalFile file, Dictionary<string, (SignalBacktest Backtest, PriceRanges Candles)> backtests, TextWriter errors, CancellationToken cancellation)
    {
        var asWritten = file.Signals.Select(written => written.Symbol).Distinct().Where(symbol => backtests.ContainsKey(CandleSources.Plain(symbol)))
            .ToDictionary(symbol => symbol, symbol => backtests[CandleSources.Plain(symbol)], StringComparer.Ordinal);
        var progress = new SweepProgress(file.Signals.Count, "signals", errors);
        var outcomes = new List<(WrittenSignal, IndependentOutcome, PriceRanges?)>(file.Signals.Count);
        var from = Stopwatch.GetTimestamp();
        foreach (var written in file.Signals)
        {
            cancellation.ThrowIfCancellationRequested();
            var found = asWritten.TryGetValue(written.Symbol, out var backtest);
            var refused = written.Refused ?? (found ? null : $"there are no candles of {written.Symbol}");
            var outcome = refused is null ? backtest.Backtest.Run(written.Signal) : IndependentOutcome.WithoutPosition(written.Signal, IndependentEnd.Rejected, refused);
            outcomes.Add((written, outcome, found ? backtest.Candles : null));
            progress.Add(1);
        }

        return new Results(file, outcomes, backtests.Values.Sum(one => one.Candles.Count), Stopwatch.GetElapsedTime(from));
    }

    private static void GetReady(IndependentSettings settings)
    {
        const int Bars = 1_000;
        long[] times = [.. Enumerable.Range(1, Bars).Select(bar => bar * 60_000L)];
        decimal[] lows = [.. Enumerable.Range(0, Bars).Select(bar => 100m + Math.Abs(bar % 200 - 100))];
        decimal[] highs = [.. lows.Select(low => low + 1m)];
        var backtest = new SignalBacktest(new PriceRanges(times, lows, highs, lows, highs), new Symbol("BTC", "USDT"), settings);
        for (var bar = 0; bar < Bars; bar += 5)
            foreach (var (side, sign) in new[] { (TradeSide.Long, 1), (TradeSide.Short, -1) })
                backtest.Run(new IndependentSignal("", new Instant(times[bar]), side, [.. Enumerable.Range(1, 3).Select(step => new Price(lows[bar] + sign * 9 * step))], new Price(lows[bar] - sign * 30)));
    }

    private static async Task WriteAsync(Results results, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{results.Outcomes.Count} signals over {results.Bars} bars in {results.Took.TotalMilliseconds:0.0} ms: {results.Net:+0.00;-0.00;0.00} after fees"));
        await output.WriteLineAsync(string.Join(", ", Enum.GetValues<IndependentEnd>().Select(end => string.Create(CultureInfo.InvariantCulture, $"{results.Count(end)} {SignalJson.Word(end)}"))));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{results.Outcomes.Count(one => one.Outcome.Conflict)} times stop and target lay in one bar; the stop was taken"));
        foreach (var (written, outcome, _) in results.Outcomes.Where(one => one.Outcome.Closed is null))
            await output.WriteLineAsync($"  {written.Signal.Id}: {SignalJson.Word(outcome.End)}, {outcome.Reason}");
        await output.WriteLineAsync($"Rule: {FillRule}.");
    }
}
