using System.Globalization;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Market;
using TelegramTrader.Settings;

namespace TelegramTrader.Cli;

/// <summary><c>candles fetch|list</c>: candles of the past in the data folder. The bot must not be running on the same data folder.</summary>
internal static class CandlesVerb
{
    private const int MostGapsShown = 5;
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(1);

    /// <param name="Exchange">Null for that of the settings.</param>
    public sealed record FetchOrder(IReadOnlyList<Symbol> Symbols, Timeframe Timeframe, Instant From, Instant? To, string? Exchange);

    /// <returns>0 when everything is stored; 1 when it ended earlier, and what was fetched is stored.</returns>
    public static Task<int> FetchAsync(string? settingsFile, FetchOrder order, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellation) =>
        WithFolderAsync(settingsFile, errors, async (settings, folder) =>
        {
            var to = order.To ?? Instant.From(time.GetUtcNow());
            if (order.From >= to)
            {
                await errors.WriteLineAsync($"--from must be before {(order.To is null ? "now" : "--to")} ({to}) but is {order.From}.");
                return ExitCodes.BadArguments;
            }

            if (Connection(settings, order.Exchange) is not { IsSet: true } connection)
            {
                await errors.WriteLineAsync("No exchange is set up (setting Exchange:Name); name one with --exchange.");
                return ExitCodes.BadArguments;
            }

            using var interruption = new Interruption(cancellation);
            try
            {
                var store = new CandleStore(folder.Path, connection.Name);
                foreach (var kind in order.Symbols.GroupBy(symbol => symbol.IsPerpetual ? ExchangeMarketKind.Swap : ExchangeMarketKind.Spot))
                {
                    // Prices are public: no keys are taken along.
                    await using var probe = new ExchangeProbe(connection with { Kind = kind.Key }, settings.Simulation.StartingBalance.Asset, keys: null, time);
                    if (await probe.OpenAsync(interruption.Token) is { } trouble)
                    {
                        interruption.Token.ThrowIfCancellationRequested();
                        await errors.WriteLineAsync($"{connection.Name} can't be reached: {trouble}");
                        return ExitCodes.Failed;
                    }

                    foreach (var symbol in kind)
                    {
                        var fetch = new CandleFetch(probe.Session, store, time, Progress(order, to, time, errors), problem => errors.WriteLine($"{problem} That is done now; the damaged one is kept under its name with .damaged."));
                        var added = await fetch.RunAsync(symbol, order.Timeframe, order.From, to, interruption.Token);
                        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{symbol} {order.Timeframe}: {added} new candles."));
                        await DescribeAsync(store, connection.Name, symbol, order.Timeframe, output);
                    }
                }

                return ExitCodes.Done;
            }
            catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
            {
                await errors.WriteLineAsync("Interrupted. What was fetched is stored; the same command goes on from there.");
                return ExitCodes.Failed;
            }
        });

    /// <returns>0; 1 when something that is stored can't be read.</returns>
    public static Task<int> ListAsync(string? settingsFile, TextWriter output, TextWriter errors) => WithFolderAsync(settingsFile, errors, async (_, folder) =>
    {
        var (found, code) = (0, ExitCodes.Done);
        foreach (var exchange in CandleStore.Exchanges(folder.Path))
        {
            var store = new CandleStore(folder.Path, exchange);
            foreach (var (symbol, timeframe) in store.List())
            {
                try
                {
                    found += await DescribeAsync(store, exchange, symbol, timeframe, output) ? 1 : 0;
                }
                catch (CandleStoreException exception)
                {
                    code = ExitCodes.Failed;
                    await errors.WriteLineAsync(exception.Message);
                }
            }
        }

        if (found == 0 && code == ExitCodes.Done)
            await output.WriteLineAsync("No candles are stored. candles fetch and import-candles store some.");
        return code;
    });

    /// <summary>Opens the data folder for the time of the work; what stops it becomes one line and an exit code.</summary>
    internal static async Task<int> WithFolderAsync(string? settingsFile, TextWriter errors, Func<AppSettings, DataFolder, Task<int>> work)
    {
        try
        {
            var settings = SettingsLoader.Load(settingsFile);
            using var folder = DataFolder.Open(settings.Storage.Directory);
            return await work(settings, folder);
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await errors.WriteLineAsync("Settings: " + problem);
            return ExitCodes.BadArguments;
        }
        catch (Exception exception) when (exception is DataFolderException or CandleStoreException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }

    /// <summary>The settings' address belongs to the settings' exchange: another one is reached under its own.</summary>
    internal static ExchangeConnection Connection(AppSettings settings, string? exchange) =>
        exchange is null || exchange == settings.Exchange.Name ? settings.Exchange : new ExchangeConnection { Name = exchange };

    /// <summary>One line, and one for each of the first gaps. False when nothing is stored.</summary>
    internal static async Task<bool> DescribeAsync(CandleStore store, string exchange, Symbol symbol, Timeframe timeframe, TextWriter output)
    {
        if (store.Describe(symbol, timeframe) is not { } series)
            return false;

        var ofExchange = series.Gaps.Count(gap => gap.IsOfExchange);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{exchange} {symbol} {timeframe}: {series.Count} candles from {series.First} to {series.Last}; gaps the exchange has too: {ofExchange}, others: {series.Gaps.Count - ofExchange}"));
        foreach (var gap in series.Gaps.Take(MostGapsShown))
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  none from {gap.From} to {gap.To}{(gap.IsOfExchange ? "; the exchange has none" : "; not fetched")}"));
        if (series.Gaps.Count > MostGapsShown)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  and {series.Gaps.Count - MostGapsShown} more gaps"));
        return true;
    }

    private static Action<Symbol, Instant> Progress(FetchOrder order, Instant to, TimeProvider time, TextWriter errors)
    {
        long? told = null;
        return (symbol, reached) =>
        {
            if (told is { } before && time.GetElapsedTime(before) < BetweenLines)
                return;
            told = time.GetTimestamp();
            errors.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{symbol} {order.Timeframe}: up to {reached}, {Math.Clamp(100.0 * ((reached - order.From) / (to - order.From)), 0, 100):0} %"));
        };
    }
}
