using System.Globalization;
using TelegramTrader.Chat.Teaching;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

/// <summary>Takes a taught rule back, after it was shown what that changes.</summary>
public sealed class UnteachCommand(TradingDesk desk, Formats formats, ISignalParser parser, ChannelHistory history) : ChatCommand(desk, formats)
{
    public override string Name => "unteach";

    public override string Arguments => "NUMBER";

    public override string Help => "take back a rule that was taught; /profile CHANNEL has the numbers";

    public override CommandGroup Group => CommandGroup.Learn;

    public override Role Role => Role.Admin;

    public override CommandEffect Effect => CommandEffect.RaisesRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        if (request.Arguments is not [var word] || !TryNumber(word, out var number))
            return Usage("Which rule?");
        if (request.IsConfirmed)
            return await Desk.CommandAsync(new OperatorCommand.ForgetRule(number) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) }) is var result && result is OperatorResult.ProfileChanged { Rule: var removed }
                ? ChatAnswer.Of($"Taken back: rule {removed.Number} of {removed.Channel}, {removed.Rule}.")
                : Result(result);
        var rules = await Desk.ReadAsync(state => state.TaughtRules);
        if (rules.FirstOrDefault(rule => rule.Number == number) is not { } taught)
            return ChatAnswer.Of($"There is no taught rule {number}. /profile lists what there is.");
        var (before, after) = (Desk.Settings.ChannelOf(taught.Channel), Desk.Settings.ChannelOf(taught.Channel));
        foreach (var rule in rules.Where(rule => rule.Channel == taught.Channel))
            (before, after) = (before.With(rule.Rule), rule == taught ? after : after.With(rule.Rule));
        var posts = await history.LatestAsync(taught.Channel, TeachCommand.MostPosts, cancellation);
        var replay = await Task.Run(() => RuleReplay.Run(parser, posts, before, after, cancellation), cancellation);
        var text = new AnswerBuilder().Plain($"Take back rule {taught.Number} of {taught.Channel}, ").Bold(taught.Rule.ToString()).Plain($" ({taught.By}, {Formats.Time(taught.At)})?").EndRow();
        ReplayText.Write(text, replay);
        return Confirmation.Ask(text.Blank(), request, "Yes, take it back", string.Create(CultureInfo.InvariantCulture, $"/unteach {taught.Number}")).Build();
    }
}
