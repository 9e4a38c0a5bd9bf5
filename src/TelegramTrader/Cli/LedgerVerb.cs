using System.Globalization;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Settings;

namespace TelegramTrader.Cli;

/// <summary><c>ledger verify</c>: whether what channels posted is still in the database as it came. Changes nothing, and may be asked while the bot runs.</summary>
internal static class LedgerVerb
{
    /// <returns>0 when nothing was changed; 1 when something was, or the database can't be read.</returns>
    /// <param name="known">Rows that were noted elsewhere, as <c>NUMBER:HASH</c>.</param>
    public static async Task<int> VerifyAsync(string? settingsFile, IReadOnlyList<string> known, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var noted = new Dictionary<long, string>();
        foreach (var text in known)
        {
            if (text.Split(':') is not [var number, { Length: 64 } hash] || !hash.All(char.IsAsciiHexDigit)
                || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var row) || row < 1 || !noted.TryAdd(row, hash))
            {
                await errors.WriteLineAsync($"--known '{text}' is not NUMBER:HASH, a row once from 1 on and its hash of 64 hexadecimal digits.");
                return ExitCodes.BadArguments;
            }
        }

        try
        {
            var settings = SettingsLoader.Load(settingsFile);
            var check = new LedgerVerifier(Path.Combine(Path.GetFullPath(settings.Storage.Directory), "trading.db")).Verify(noted, cancellation);
            await output.WriteLineAsync(Line(check));
            return check is LedgerCheck.Sound ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await errors.WriteLineAsync("Settings: " + problem);
            return ExitCodes.BadArguments;
        }
        catch (DataFolderException exception)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }

    private static string Line(LedgerCheck check) => check switch
    {
        LedgerCheck.Sound sound => string.Create(CultureInfo.InvariantCulture, $"The ledger is sound: {sound.Count} rows, head {sound.Head}.{Before(sound.PostsBefore)}"),
        LedgerCheck.Broken broken => string.Create(CultureInfo.InvariantCulture,
            $"The ledger was tampered with or is damaged. {(broken.Number > 0 ? $"Row {broken.Number}" : "Beside the rows")}{(broken.Post is { } post ? $" ({post})" : "")}: {broken.What}."),
        LedgerCheck.NotBegun => "There is no ledger yet: this data folder was last used by a version that kept none. It begins when the bot is started with this one.",
        _ => throw new InvalidOperationException($"Nobody has said how a {check.GetType().Name} is told."),
    };

    private static string Before(long posts) => posts == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {posts} posts were received before the ledger began and are not in it.");
}
