using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Backtests;
using TelegramTrader.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class ChannelsCommand(TradingDesk desk, Formats formats, ClaimQueries claims, ProbationLook probation, IServiceProvider services) : ChatCommand(desk, formats)
{
    public override string Name => "channels";

    public override string Help => "the channels that are followed, how they are heard, and whether what they claim is true";

    public override CommandGroup Group => CommandGroup.See;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var counts = await claims.CountsAsync(cancellation);
        var probations = await Desk.ReadAsync(state => state.Probations);
        var text = new AnswerBuilder();
        var told = services.GetService<ChannelListener>() is { } listener ? Followed(text, listener, counts) : NotSetUp(text);
        // Recordings, webhooks and dropped files have channels too.
        foreach (var (channel, count) in counts.Where(entry => !told.Contains(entry.Key)))
            text.Bold(channel.Value).EndRow().Line("  " + ClaimText.Count(count));
        Probations(text, probations);
        return text.Build();
    }

    private void Probations(AnswerBuilder text, IReadOnlyList<ChannelProbation> probations)
    {
        if (probations.Count > 0)
        {
            text.Blank().Heading("On probation");
            foreach (var one in probations)
                text.Line($"{one.Channel} since {Formats.ShortTime(one.Since)}: {one.Reason}");
            text.Line(Desk.Settings.DeniesOnProbation ? "They make no live entries until they earn that back; on paper they are traded." : "Probation:Enabled is off: they are traded all the same.");
        }

        foreach (var trouble in Desk.Settings.DeniesOnProbation ? probation.Trouble : [])
            text.Line($"✗ not judged for probation: {trouble}");
    }

    private static HashSet<ChannelId> NotSetUp(AnswerBuilder text)
    {
        foreach (var row in ChannelAnswers.NotSetUp.Rows)
            text.Line(row.PlainText);
        return [];
    }

    private HashSet<ChannelId> Followed(AnswerBuilder text, ChannelListener listener, IReadOnlyDictionary<ChannelId, ClaimCount> counts)
    {
        var parts = services.GetRequiredService<ChannelParts>();
        text.Line(parts.Account.State switch
        {
            AccountState.Ready ready when parts.Account.LostSince is { } lost => $"✗ logged in as {ready.Account.Name}; the connection was lost at {Formats.ShortTime(lost)}",
            AccountState.Ready ready => $"✓ reading as {ready.Account.Name}",
            AccountState.LoginNeeded login => $"✗ {login.Reason} Send /login in your private chat with the bot, or end the bot and run: channels login",
            AccountState.Unreachable unreachable => $"✗ {unreachable.Reason}",
            _ => parts.Gateway.Health.ToString(),
        });
        foreach (var channel in listener.Channels)
        {
            text.Bold(channel.Title).Plain($" · {channel.Channel}").EndRow();
            text.Line(channel.Problem is { } problem ? $"  ✗ {problem}" : channel.LastPostAt is { } last ? $"  last post {Formats.ShortTime(new Instant(last))}" : "  no post seen yet");
            if (counts.TryGetValue(channel.Channel, out var count))
                text.Line("  " + ClaimText.Count(count));
        }

        if (listener.Channels.Count == 0)
            text.Line("No channel is followed. /follow @name begins.");
        return [.. listener.Channels.Select(channel => channel.Channel)];
    }
}

/// <summary>What the commands about channels say alike.</summary>
internal static class ChannelAnswers
{
    public static ChatAnswer NotSetUp { get; } = ChatAnswer.Of(
        "Channels are not set up.", "Get api_id and api_hash at my.telegram.org, set Channels:ApiId and Channels:ApiHash, and run once: channels login");
}
