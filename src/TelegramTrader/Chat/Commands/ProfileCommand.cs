using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class ProfileCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    public override string Name => "profile";

    public override string Arguments => "[CHANNEL]";

    public override string Help => "what is known of how a channel writes, and what was taught";

    public override CommandGroup Group => CommandGroup.Learn;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var taught = await Desk.ReadAsync(state => state.TaughtRules);
        var known = taught.Select(rule => rule.Channel).Concat(Desk.Settings.Channels.Keys).Distinct().OrderBy(channel => channel.Value, StringComparer.Ordinal).ToArray();
        var wanted = request.Text.Trim();
        if (wanted.Length == 0)
            return known.Length == 0
                ? ChatAnswer.Of("Nothing is set or taught for any channel. /teach begins with a post.")
                : ChatAnswer.Of([.. known.Select(channel => $"{channel}: {taught.Count(rule => rule.Channel == channel)} taught rules{(Desk.Settings.Channels.ContainsKey(channel) ? ", own settings" : "")}"), "/profile CHANNEL shows one."]);
        if (!known.Any(channel => string.Equals(channel.Value, wanted, StringComparison.OrdinalIgnoreCase)))
            return Usage($"Nothing is set or taught for '{wanted}'.");
        var one = known.First(channel => string.Equals(channel.Value, wanted, StringComparison.OrdinalIgnoreCase));
        return Show(one, [.. taught.Where(rule => rule.Channel == one)], request.User.Role == Role.Admin);
    }

    private ChatAnswer Show(ChannelId channel, IReadOnlyList<TaughtRule> taught, bool mayRemove)
    {
        var settings = Desk.Settings.ChannelOf(channel);
        var text = new AnswerBuilder().Bold(channel.Value).Plain(settings.IsTraded ? "" : " · read only, not traded").EndRow()
            .Line($"From the settings: quote {settings.Profile.DefaultQuote}, market {settings.Profile.DefaultMarket}, bare targets are {(settings.Profile.TargetsArePercent ? "%" : "prices")}");
        foreach (var word in settings.Profile.Words)
            text.Line($"• «{word.Text}» means {word.Meaning.ToString().ToLowerInvariant()}");
        foreach (var pattern in settings.Profile.Patterns)
            text.Line($"• pattern «{pattern.Text}»");
        foreach (var phrase in settings.IgnoredPhrases)
            text.Line($"• posts that contain «{phrase}» are ignored");
        text.Blank().Heading(taught.Count == 0 ? "Nothing was taught" : "Taught");
        foreach (var rule in taught)
        {
            text.Plain($"{rule.Number}. ").Bold(rule.Rule.ToString()).Plain($" · {rule.By}, {Formats.Time(rule.At)}").EndRow();
            if (mayRemove)
                text.Buttons(new ChatButton($"Remove {rule.Number}", new ButtonData.Run(string.Create(CultureInfo.InvariantCulture, $"/unteach {rule.Number}")).ToString()));
        }

        return text.Build();
    }
}
