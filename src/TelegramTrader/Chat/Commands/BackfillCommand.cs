using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Core.Market;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class BackfillCommand(TradingDesk desk, Formats formats, TimeProvider time, IServiceProvider services) : ChatCommand(desk, formats)
{
    private const int MostDays = 3650;
    private const int MostPosts = 100_000;

    public override string Name => "backfill";

    public override string Arguments => "ID|TITLE 30d|500, or cancel";

    public override string Help => "fetch a followed channel's past, for its statistics; never traded";

    public override CommandGroup Group => CommandGroup.Keep;

    public override Role Role => Role.Admin;

    public override Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation) => Task.FromResult(Answer(request));

    private ChatAnswer Answer(ChatRequest request)
    {
        if (services.GetService<BackfillService>() is not { } backfill)
            return ChannelAnswers.NotSetUp;
        switch (request.Arguments)
        {
            case []:
                return ChatAnswer.Of(backfill.Status ?? "Nothing was fetched yet.");
            case ["cancel"]:
                return ChatAnswer.Of(backfill.Cancel() ? "Cancelled; what was fetched stays." : "Nothing is being fetched.");
            case [_]:
                return Usage("How much? 30d is thirty days, 500 the last five hundred posts.");
        }

        var wanted = string.Join(' ', request.Arguments.SkipLast(1));
        var found = services.GetRequiredService<ChannelListener>().Channels
            .Where(channel => channel.Channel.Value == wanted || string.Equals(channel.Title, wanted, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (found is not [var one])
            return Usage(found.Length == 0 ? $"'{wanted}' is not followed. /channels lists what is." : $"{found.Length} channels are called '{wanted}': use the id.");
        if (one.ConfirmedId is not { } confirmed)
            return ChatAnswer.Of($"{one.Title} was not read yet. Try again in a minute.");
        var channel = new FollowedChannel(one.Channel.Value, one.Channel.Value, one.Title);
        if (Job(request.Arguments[^1], channel, confirmed) is not { } job)
            return Usage($"'{request.Arguments[^1]}' is neither 1d to {MostDays}d nor 1 to {MostPosts} posts.");
        long? chat = long.TryParse(request.User.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        return ChatAnswer.Of(backfill.Begin(job, chat)
            ? $"Fetching the past of {one.Title}. It goes slowly, and on after a restart. Posts of the last hour are left to the listening."
            : $"One at a time. {backfill.Status}");
    }

    private BackfillJob? Job(string amount, FollowedChannel channel, long confirmed)
    {
        var isDays = amount.EndsWith('d');
        if (!int.TryParse(isDays ? amount[..^1] : amount, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1 || number > (isDays ? MostDays : MostPosts))
            return null;
        return isDays ? BackfillJob.OfDays(channel, confirmed, number, Instant.From(time.GetUtcNow())) : BackfillJob.OfPosts(channel, confirmed, number);
    }
}
