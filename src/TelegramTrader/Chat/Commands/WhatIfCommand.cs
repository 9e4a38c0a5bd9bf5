using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TelegramTrader.Backtests;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Core.Judgement;
using TelegramTrader.Core.Signals;
using TelegramTrader.TelegramFront;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

/// <summary>
/// What the stored posts of a channel would have brought under another plan. It is worked out beside the engine: what is not ready at once is sent when it is, and is shown to whoever asks
/// the same again.
/// </summary>
public sealed class WhatIfCommand(TradingDesk desk, Formats formats, WhatIfDesk whatIf, FrozenPlans frozen, ChannelHistory history, TimeProvider time, ILogger<WhatIfCommand> log, IServiceProvider services)
    : ChatCommand(desk, formats)
{
    private const int MostChannels = 50;
    private const int MostTargets = 20;

    // The chat takes one command after the other: nobody waits for this one.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(300);

    private readonly Lock _gate = new();
    private (string Question, Task<ChatAnswer> Answer)? _last;

    public override string Name => "whatif";

    public override string Arguments => "CHANNEL [tp=1] [be=1] [risk=0.5] [freeze]";

    public override string Help => "a channel's posts under another plan; frozen plans prove themselves on later posts";

    public override CommandGroup Group => CommandGroup.Learn;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var channels = await history.ChannelsAsync(MostChannels, cancellation);
        if (request.Arguments.Count == 0)
            return Usage(channels.Count == 0 ? "No posts are stored yet." : $"Posts of these channels are stored: {string.Join(", ", channels.Select(channel => channel.Value))}.");
        if (Find(channels, request.Arguments[0]) is not { } found)
            return Usage($"Of '{request.Arguments[0]}' no posts are stored. Of these there are: {string.Join(", ", channels.Select(channel => channel.Value))}.");
        var isFreeze = request.Arguments[^1] == "freeze";
        var (change, problem) = Read(request.Arguments.Skip(1).SkipLast(isFreeze ? 1 : 0));
        if (change is null)
            return Usage(problem);
        if (isFreeze)
            return Freeze(found, change, request);
        return change.IsNone ? await ShownAsync(request, found.Value, () => frozen.Of(found), cancellation) : await ComparedAsync(request, found, change, cancellation);
    }

    /// <summary>A channel's id, with or without its @.</summary>
    private static ChannelId? Find(IReadOnlyList<ChannelId> channels, string name) =>
        channels.Where(channel => string.Equals(channel.Value.TrimStart('@'), name.TrimStart('@'), StringComparison.OrdinalIgnoreCase)).Select(channel => (ChannelId?)channel).FirstOrDefault();

    private static (PlanChange? Change, string Problem) Read(IEnumerable<string> words)
    {
        var change = new PlanChange();
        foreach (var word in words)
        {
            var parts = word.Split('=', 2);
            if (parts.Length != 2 || !decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                return (null, $"'{word}' is not understood.");
            switch (parts[0])
            {
                case "tp" when value is >= 1 and <= MostTargets && value % 1 == 0:
                    change = change with { Targets = (int)value };
                    break;
                case "be" when value is >= 0 and <= MostTargets && value % 1 == 0:
                    change = change with { BreakevenAfterTarget = (int)value };
                    break;
                case "risk" when value is >= 0.01m and <= 10m:
                    change = change with { RiskPerTrade = value / 100m };
                    break;
                default:
                    return (null, $"'{word}' is not understood: tp is 1 to {MostTargets} targets, be 0 (never) to {MostTargets}, risk 0.01 to 10 per cent.");
            }
        }

        return (change, "");
    }

    private ChatAnswer Freeze(ChannelId channel, PlanChange change, ChatRequest request)
    {
        if (!IsAdmin(request))
            return ChatAnswer.Of("Freezing a plan needs the role admin.");
        if (change.IsNone)
            return Usage("Which plan? Say at least one of tp, be and risk.");
        if (frozen.Freeze(channel, change, Desk.Now, By(request)) is not { } plan)
            return ChatAnswer.Of($"{channel.Value} has {FrozenPlans.Most} frozen plans already, and none can be taken back.");
        return ChatAnswer.Of(
            $"Frozen at {Formats.Time(plan.FrozenAt)} by {plan.By}: {WhatIfText.InWords(plan.Change, Formats)}.",
            $"Only later posts judge it. /whatif {channel.Value} shows how it stands. Nothing is traded differently.");
    }

    private Task<ChatAnswer> ComparedAsync(ChatRequest request, ChannelId channel, PlanChange change, CancellationToken cancellation) => InTimeAsync(
        request, $"{channel.Value} {change}", [new WhatIfOrder(channel, change)],
        results =>
        {
            var text = new AnswerBuilder();
            WhatIfText.Compared(text, results[0], Formats);
            return text.Build();
        },
        cancellation);

    private Task<ChatAnswer> ShownAsync(ChatRequest request, string channel, Func<IReadOnlyList<FrozenPlan>> plansOf, CancellationToken cancellation)
    {
        var plans = plansOf();
        return plans.Count == 0
            ? Task.FromResult(Usage($"No plan of {channel} is frozen. Ask what another one would have brought:"))
            : InTimeAsync(
                request, $"{channel} {plans.Count} frozen", [.. plans.Select(plan => new WhatIfOrder(plan.Channel, plan.Change, plan.FrozenAt))],
                results =>
                {
                    var text = new AnswerBuilder().Heading($"Frozen plans of {channel}");
                    for (var index = 0; index < plans.Count; index++)
                        WhatIfText.Frozen(text, plans[index], results[index], Formats);
                    return text.Build();
                },
                cancellation);
    }

    /// <summary>The answer when it is there soon. Else a word that it comes, and then itself.</summary>
    private async Task<ChatAnswer> InTimeAsync(ChatRequest request, string question, IReadOnlyList<WhatIfOrder> orders, Func<IReadOnlyList<WhatIfResult>, ChatAnswer> write, CancellationToken cancellation)
    {
        var taught = await Desk.ReadAsync(state => state.TaughtRules);
        Task<ChatAnswer>? answer;
        var isNew = false;
        lock (_gate)
        {
            // The same question again shows the answer, once; then the posts may have become more.
            answer = _last is { } last && last.Question == question ? last.Answer : null;
            if (answer is { IsCompleted: true })
                _last = null;
            if (answer is null && whatIf.Begin(orders, taught) is { } begun)
            {
                answer = WrittenAsync(begun, write);
                _last = (question, answer);
                isNew = true;
            }
        }

        if (answer is null)
            return ChatAnswer.Of("Another question is being worked on; ask again when it is answered.");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(answer, Task.Delay(LongestWait, time, over.Token));
        await over.CancelAsync();
        if (answer.IsCompleted)
        {
            lock (_gate)
                if (_last is { } last && last.Question == question)
                    _last = null;
            return await answer;
        }

        var sender = services.GetService<TelegramSender>();
        var isSent = isNew && sender is not null && long.TryParse(request.User.Id, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (isSent)
            _ = SendAsync(sender!, long.Parse(request.User.Id, CultureInfo.InvariantCulture), answer);
        return ChatAnswer.Of(isSent ? "Being worked out; the answer is sent when it is there." : "Being worked out; ask the same again in a moment.");
    }

    private static async Task<ChatAnswer> WrittenAsync(Task<IReadOnlyList<WhatIfResult>> results, Func<IReadOnlyList<WhatIfResult>, ChatAnswer> write)
    {
        try
        {
            return write(await results);
        }
        catch (PriceSourceException exception)
        {
            return ChatAnswer.Of(exception.Message);
        }
        catch (OperationCanceledException)
        {
            return ChatAnswer.Of("The bot is ending; there is no answer.");
        }
    }

    private async Task SendAsync(TelegramSender sender, long chat, Task<ChatAnswer> answer)
    {
        try
        {
            var outcome = await sender.SendAsync(new OutgoingMessage { ChatId = chat, Text = TelegramMarkup.Write(await answer), Priority = MessagePriority.Answer }, CancellationToken.None);
            if (outcome is not SendOutcome.Delivered)
                log.LogWarning("The answer to a what-if question was not delivered: {Outcome}", outcome);
        }
        catch (Exception exception)
        {
            // Nobody waits for this task: what went wrong is told here or nowhere.
            log.LogError(exception, "A what-if question could not be answered");
        }
    }
}
