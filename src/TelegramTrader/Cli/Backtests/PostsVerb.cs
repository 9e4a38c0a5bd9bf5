using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Charts;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Channels.TelegramExport;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Simulation;
using TelegramTrader.Settings;

namespace TelegramTrader.Cli.Backtests;

/// <summary><c>backtest signals --messages</c>: posts through the engine over prices of the past.</summary>
internal static class PostsVerb
{
    /// <summary>How results come about; part of every output.</summary>
    public const string Rule =
        "each post is acted upon when it was received, and the delay after that; orders take part from the open of the next candle; within a candle the worse way is taken unless finer candles show it";

    private const string UsualCsv = "backtest_results.csv";

    public sealed record Order : PostsOrder
    {
        public required string Messages { get; init; }

        /// <summary>Null for that of the settings; fee, slippage and spread likewise.</summary>
        public decimal? Balance { get; init; }

        public decimal? Fee { get; init; }

        public decimal? Slippage { get; init; }

        public decimal? Spread { get; init; }
    }

    /// <param name="BadLines">Lines of the file of posts that could not be read.</param>
    public sealed record Results(ChannelBacktestResult Backtest, SimulationSettings Simulation, IReadOnlyList<(int Line, string Reason)> BadLines, TimeSpan Took);

    public static async Task<int> RunAsync(Order order, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (!File.Exists(order.Messages) && !Directory.Exists(order.Messages))
        {
            await errors.WriteLineAsync($"The file '{order.Messages}' does not exist.");
            return ExitCodes.BadArguments;
        }

        try
        {
            using var interruption = new Interruption(cancellation);
            var settings = SettingsLoader.Load(order.SettingsFile);
            var file = PostFile.Read(order.Messages, settings.Trading.TimeZone);
            foreach (var (line, reason) in file.BadLines)
                await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{order.Messages}, line {line}: {reason}"));
            var posts = PostChoice.Of(file.Messages, order.Channel, order.From, order.To);
            if (posts.Count == 0)
            {
                await errors.WriteLineAsync(file.Messages.Count == 0 ? $"There are no posts in {order.Messages}."
                    : PostChoice.Nothing(file.Messages, order.Messages));
                return ExitCodes.Failed;
            }

            var results = Run(order, settings, posts, file.BadLines, errors, interruption.Token);
            foreach (var note in results.Backtest.Prices.Notes)
                await errors.WriteLineAsync(note);
            if ((order.Csv ?? (order.AsJson ? null : UsualCsv)) is { } csv)
            {
                OutcomeCsv.Write(csv, results.Backtest.Result.Outcomes);
                await errors.WriteLineAsync($"{csv}: {results.Backtest.Result.Outcomes.Count} signals, one a row.");
            }

            if (order.AsJson)
                await output.WriteLineAsync(PostsJson.Of(results));
            else
                await PostsText.WriteAsync(results, output);
            var drawn = order.Chart is null ? ExitCodes.Done
                : await order.Chart.SaveAsync(style => PostCharts.Equity(Name(posts), results.Backtest.Result, style), "there are no prices at the time of the posts", errors, interruption.Token);
            return file.BadLines.Count == 0 ? drawn : ExitCodes.Failed;
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await errors.WriteLineAsync("Settings: " + problem);
            return ExitCodes.BadArguments;
        }
        catch (OperationCanceledException)
        {
            await errors.WriteLineAsync("Interrupted; there is no result.");
            return ExitCodes.Failed;
        }
        catch (Exception exception) when (exception is PriceSourceException or CandleStoreException or ExportException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }

    private static string Name(IReadOnlyList<ChannelMessage> posts) =>
        posts.Select(post => post.Channel).Distinct().ToArray() is var channels && channels is [var only] ? only.Value : string.Create(CultureInfo.InvariantCulture, $"Posts of {channels.Length} channels");

    private static Results Run(Order order, AppSettings settings, IReadOnlyList<ChannelMessage> posts, IReadOnlyList<(int, string)> bad, TextWriter errors, CancellationToken cancellation)
    {
        var usual = settings.Simulation;
        var simulation = usual with
        {
            StartingBalance = order.Balance is { } balance ? usual.StartingBalance with { Amount = balance } : usual.StartingBalance,
            MakerFee = order.Fee ?? usual.MakerFee,
            TakerFee = order.Fee ?? usual.TakerFee,
            BaseSlippage = order.Slippage ?? usual.BaseSlippage,
            Spread = order.Spread ?? usual.Spread,
        };
        IPriceSource prices = order.Candles.Count > 0
            ? new PriceFiles(order.Candles, order.Finer, order.Funding, settings.Trading.QuoteAliases)
            : new StoredPrices(settings.Storage.Directory, settings.Exchange.Name, order.Timeframe, PriceFiles.Rates(order.Funding, simulation.StartingBalance.Asset, settings.Trading.QuoteAliases));
        var from = Stopwatch.GetTimestamp();
        var backtest = new ChannelBacktest(new SignalParser()).Run(
            new ChannelBacktestOrder
            {
                Messages = posts, Prices = prices, Settings = settings.Trading, Simulation = simulation, Delay = order.Delay, DelaySweep = order.DelaySweep, WithLimits = order.WithLimits,
            },
            new Tenths(errors), cancellation);
        return new Results(backtest, simulation, bad, Stopwatch.GetElapsedTime(from));
    }
}
