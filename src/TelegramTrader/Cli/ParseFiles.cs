namespace TelegramTrader.Cli;

/// <summary>The files of the parse verb.</summary>
internal static class ParseFiles
{
    public static async Task<int> RunAsync(string? source, string? target, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        if (source is not null && !File.Exists(source))
        {
            await errors.WriteLineAsync($"The file '{source}' does not exist.");
            return ExitCodes.BadArguments;
        }

        try
        {
            using var reader = source is null ? null : new StreamReader(source);
            await using var writer = target is null ? null : new StreamWriter(target);
            return await ParseVerb.RunAsync(reader ?? input, writer ?? output, errors, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }
}
