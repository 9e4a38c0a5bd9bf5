using System.Globalization;
using TelegramTrader.Connectors.Candles;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Cli;

/// <summary><c>import-candles</c>: candles of CSV files, each file whole or not at all. The bot must not be running on the same data folder.</summary>
internal static class CandleImportVerb
{
    /// <returns>0 when every file is stored; 1 when one is not, and those before it are.</returns>
    public static Task<int> RunAsync(
        string? settingsFile, IReadOnlyList<string> files, Symbol symbol, Timeframe timeframe, string? exchange, bool replace, TextWriter output, TextWriter errors, CancellationToken cancellation) =>
        CandlesVerb.WithFolderAsync(settingsFile, errors, async (settings, folder) =>
        {
            foreach (var missing in files.Where(file => !File.Exists(file)))
            {
                await errors.WriteLineAsync($"The file '{missing}' does not exist.");
                return ExitCodes.BadArguments;
            }

            if (CandlesVerb.Connection(settings, exchange) is not { IsSet: true } connection)
            {
                await errors.WriteLineAsync("Candles are stored by exchange, and none is set up (setting Exchange:Name); name one with --exchange.");
                return ExitCodes.BadArguments;
            }

            var store = new CandleStore(folder.Path, connection.Name);
            using var interruption = new Interruption(cancellation);
            foreach (var file in files)
            {
                if (interruption.Token.IsCancellationRequested)
                {
                    await errors.WriteLineAsync($"Interrupted before {file}; the files before it are stored.");
                    return ExitCodes.Failed;
                }

                await errors.WriteLineAsync($"Reading {file}");
                var (candles, problems) = CandleImport.Read(file, timeframe);
                foreach (var problem in problems)
                    await errors.WriteLineAsync(problem);
                if (problems.Count > 0)
                {
                    await errors.WriteLineAsync($"Nothing of {file} was stored.");
                    return ExitCodes.Failed;
                }

                var changes = store.Add(symbol, timeframe, candles, replace);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file}: {changes.Added} new candles, {changes.Same} were stored already{Differing(changes, replace)}."));
            }

            await CandlesVerb.DescribeAsync(store, connection.Name, symbol, timeframe, output);
            return ExitCodes.Done;
        });

    private static string Differing(CandleChanges changes, bool replace) => changes.Different.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
        $", {changes.Different.Count} were stored with other values (the first at {changes.Different[0]}) and {(replace ? "were replaced" : "stay as they were; --replace takes those of the file")}");
}
