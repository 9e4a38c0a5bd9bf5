using System.Net;
using System.Text.RegularExpressions;
using TelegramTrader.Web.Webhook;
using static TelegramTrader.Settings.SettingKinds;

namespace TelegramTrader.Settings;

/// <summary>The settings of the sources that bring posts from outside Telegram.</summary>
internal static partial class SourceSettings
{
    // Nobody tries this many through a network.
    private const int ShortestSecret = 16;

    public static IEnumerable<SettingDefinition> All() =>
    [
        Text("FileDrop:Folder", "A folder whose files (.txt, .json, .jsonl) are read as posts and moved to its folders done and refused. Whoever may write there can trade. Empty for none.", "",
            (settings, text) => settings with { FileDrop = settings.FileDrop with { Folder = text } }),
        Checked("FileDrop:Name", "The posts of that folder are of the channel drop:NAME.", "files", (settings, text) => IsName(text)
            ? settings with { FileDrop = settings.FileDrop with { Name = text } }
            : SettingOutcome.Wrong(NameRule(text))),

        Whole("Webhooks:Port", "The port at which webhooks are received: POST /hooks/NAME, with the secret in the header X-Secret, in ?secret=, or in the field secret of a JSON body. 0: none are.", 0, 0, 65_535,
            (settings, port) => settings with { Webhooks = settings.Webhooks with { Port = port } }),
        Checked("Webhooks:Address", "The address of this machine at which they are received. 127.0.0.1 is this machine alone; there is no encryption, so let a reverse proxy with TLS stand before any other.", "127.0.0.1", (settings, text) =>
            IPAddress.TryParse(text, out var address)
                ? settings with { Webhooks = settings.Webhooks with { Address = address } }
                : SettingOutcome.Wrong($"must be an IP address such as 127.0.0.1, but is '{text}'")),
        Duration("Webhooks:OldestSeconds", "A call whose own time is older is refused.", "seconds", 300, 5, 86_400,
            (settings, span) => settings with { Webhooks = settings.Webhooks with { Oldest = span } }),
        Duration("Webhooks:RepeatWindowSeconds", "Within this time the same call again is a repetition, where it brings neither an id nor a time.", "seconds", 30, 1, 86_400,
            (settings, span) => settings with { Webhooks = settings.Webhooks with { RepeatWindow = span } }),
        new("Webhooks:Sources:#:Name", "The NAME in the address of somebody who may post; the posts are of the channel hook:NAME.", "\"tradingview\"", false, (settings, value) => IsName(value.Text.Trim())
            ? WithSource(settings, value.ListIndex, source => source with { Name = value.Text.Trim() })
            : SettingOutcome.Wrong(NameRule(value.Text))),
        new("Webhooks:Sources:#:Secret", "What that one must know to post, at least 16 characters. Better in the environment variable TELEGRAMTRADER__Webhooks__Sources__0__Secret than in a file.", "\"\"", true, (settings, value) =>
            WithSource(settings, value.ListIndex, source => source with { Secret = value.Text.Trim() })),
    ];

    /// <summary>What only shows when the settings are looked at together.</summary>
    public static IEnumerable<string> Together(AppSettings settings)
    {
        var sources = settings.Webhooks.Sources;
        if (settings.Webhooks.Port > 0 && sources.Count == 0)
            yield return "'Webhooks:Port' is set, but 'Webhooks:Sources' names nobody who may post";
        for (var index = 0; index < sources.Count; index++)
        {
            if (sources[index].Name.Length == 0)
                yield return $"'Webhooks:Sources:{index}' has no Name";
            if (sources[index].Secret.Length < ShortestSecret)
                yield return $"'Webhooks:Sources:{index}:Secret' has {sources[index].Secret.Length} characters; at least {ShortestSecret} are needed";
        }

        foreach (var twice in sources.GroupBy(source => source.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Key.Length > 0 && group.Count() > 1))
            yield return $"'Webhooks:Sources' has the name '{twice.Key}' {twice.Count()} times";
    }

    private static AppSettings WithSource(AppSettings settings, int index, Func<WebhookSource, WebhookSource> change)
    {
        var sources = settings.Webhooks.Sources.ToList();
        while (sources.Count <= index)
            sources.Add(new WebhookSource("", ""));
        sources[index] = change(sources[index]);
        return settings with { Webhooks = settings.Webhooks with { Sources = sources } };
    }

    private static bool IsName(string text) => Name().IsMatch(text);

    private static string NameRule(string text) => $"must be 1 to 40 letters, digits, dashes or underscores, but is '{text}'";

    [GeneratedRegex("^[A-Za-z0-9_-]{1,40}$")]
    private static partial Regex Name();
}
