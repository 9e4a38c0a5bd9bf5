using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace TelegramTrader.Cli.Backtests;

/// <summary>How late posts are acted upon, as it is written: seconds, with or without decimals.</summary>
internal static class DelayOptions
{
    private const int LongestDelaySeconds = 86_400;
    private const int MostDelays = 20;

    public static Option<TimeSpan> One(string name, string description) => new(name) { Description = description, HelpName = "SECONDS", CustomParser = result => Seconds(result, result.Tokens.Single().Value) };

    public static Option<TimeSpan[]> Several(string name, string description, params TimeSpan[] usual) => new(name)
    {
        Description = description,
        HelpName = "SECONDS,…",
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var parts = result.Tokens.Single().Value.Split(',', StringSplitOptions.TrimEntries);
            if (parts.Length > MostDelays)
                result.AddError($"There may be at most {MostDelays} delays but there are {parts.Length}.");
            return [.. parts.Take(MostDelays).Select(part => Seconds(result, part))];
        },
    };

    private static TimeSpan Seconds(ArgumentResult result, string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestDelaySeconds)
            return TimeSpan.FromMilliseconds((double)Math.Round(seconds * 1000m));
        result.AddError($"A delay must be 0 to {LongestDelaySeconds} seconds but is '{text}'.");
        return TimeSpan.Zero;
    }
}
