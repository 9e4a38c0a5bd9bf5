using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Charts;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Channels.TelegramExport;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Journal;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Settings;

namespace TelegramTrader.Cli.Backtests;

/// <summary><c>scorecard</c>: what channels are worth, from their posts and the prices that followed, and the ranking of all.</summary>
internal static class ScorecardVerb
{
    public sealed record Order : PostsOrder
    {
        /// <summary>Null: the posts that are stored in the data folder.</summary>
        public string? Messages { get; init; }

        /// <summary>Null for that of the settings.</summary>
        public int? LeastClosed { get; init; }

        public long Seed { get; init; } = 1;
    }

    public static async Task<int> RunAsync(Order order, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (order.Messages is { } messages && !File.Exists(messages) && !Directory.Exists(messages))
        {
            await errors.WriteLineAsync($"The file '{messages}' does not exist.");
            return ExitCodes.BadArguments;
        }

        try
        {
            using var interruption = new Interruption(cancellation);
            var settings = SettingsLoader.Load(order.SettingsFile);
            var (posts, bad, where, trading) = await PostsAsync(order, settings, interruption.Token);
            foreach (var (line, reason) in bad)
                await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{where}, line {line}: {reason}"));
            var chosen = PostChoice.Of(posts, order.Channel, order.From, order.To);
            if (chosen.Count == 0)
            {
                await errors.WriteLineAsync(posts.Count == 0 ? $"There are no posts in {where}." : PostChoice.Nothing(posts, where));
                return ExitCodes.Failed;
            }

            var from = Stopwatch.GetTimestamp();
            var scorecards = settings.Scorecards with { LeastClosed = order.LeastClosed ?? settings.Scorecards.LeastClosed, Seed = order.Seed };
            var result = new ScorecardRun(new SignalParser()).Run(
                new ScorecardOrder
                {
                    Messages = chosen,
                    Prices = Prices(order, settings),
                    Settings = trading,
                    Simulation = settings.Simulation,
                    Delay = order.Delay,
                    OtherDelays = order.DelaySweep,
                    WithLimits = order.WithLimits,
                    Scorecards = scorecards,
                },
                new Tenths(errors), interruption.Token);
            foreach (var note in result.Notes)
                await errors.WriteLineAsync(note);
            if (order.Csv is { } csv)
                ScorecardCsv.Write(csv, result.Ranking);
            if (order.AsJson)
                await output.WriteLineAsync(ScorecardJson.Of(result.Ranking, scorecards, order.WithLimits, result.Notes, bad, Stopwatch.GetElapsedTime(from)));
            else
                await output.WriteAsync(new TerminalText(useColours: false).Render(Text(result.Ranking, settings)));
            var drawn = order.Chart is null ? ExitCodes.Done : await order.Chart.SaveAsync(style => ScorecardCharts.Of(result, scorecards, style), ScorecardCharts.NoPosition, errors, interruption.Token);
            return bad.Count == 0 ? drawn : ExitCodes.Failed;
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
        catch (Exception exception) when (exception is PriceSourceException or CandleStoreException or ExportException or DataFolderException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }

    /// <summary>The posts, and how they are read: what was taught of the channels counts for stored posts, as it does when they come.</summary>
    private static async Task<(IReadOnlyList<ChannelMessage> Posts, IReadOnlyList<(int Line, string Reason)> Bad, string Where, EngineSettings Trading)> PostsAsync(Order order, AppSettings settings, CancellationToken cancellation)
    {
        if (order.Messages is { } file)
        {
            var read = PostFile.Read(file, settings.Trading.TimeZone);
            return (read.Messages, read.BadLines, file, settings.Trading);
        }

        using var folder = DataFolder.Open(settings.Storage.Directory);
        var posts = await new ChannelHistory(folder).VersionsAsync(null, null, cancellation);
        var state = new EngineStateStore(folder).Load(settings.Trading.RememberFinishedFor);
        var channels = posts.Select(post => post.Channel).Distinct().ToDictionary(channel => channel, channel => state.ChannelOf(settings.Trading, channel));
        return (posts, [], $"the data folder '{settings.Storage.Directory}'", settings.Trading with { Channels = channels });
    }

    private static IPriceSource Prices(Order order, AppSettings settings) => order.Candles.Count > 0
        ? new PriceFiles(order.Candles, order.Finer, order.Funding, settings.Trading.QuoteAliases)
        : new StoredPrices(settings.Storage.Directory, settings.Exchange.Name, order.Timeframe, PriceFiles.Rates(order.Funding, settings.Simulation.StartingBalance.Asset, settings.Trading.QuoteAliases));

    private static ChatAnswer Text(IReadOnlyList<RankedCard> ranking, AppSettings settings)
    {
        var (text, formats) = (new AnswerBuilder(), new Formats(settings.Trading.TimeZone));
        if (ranking.Count > 1)
            ScorecardText.WriteRanking(text, ranking);
        foreach (var ranked in ranking)
        {
            if (ranking.Count > 1)
                text.Blank();
            ScorecardText.Write(text, ranked, formats);
        }

        return text.Build();
    }
}
