using System.Globalization;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Risk;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class PauseCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public override string Name => "pause";

    public override string Arguments => "[2h|30m|1d] [REASON]";

    public override string Help => "no new entries for a while; positions stay managed";

    public override CommandGroup Group => CommandGroup.Do;

    public override Role Role => Role.Trader;

    public override CommandEffect Effect => CommandEffect.LowersRisk;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        TimeSpan? span = null;
        var reasonFrom = 0;
        if (request.Arguments.Count > 0 && Span(request.Arguments[0]) is { } parsed)
        {
            if (parsed > Longest || parsed <= TimeSpan.Zero)
                return Usage($"A pause lasts from 1 minute to {Longest.TotalDays:0} days, not {request.Arguments[0]}.");
            (span, reasonFrom) = (parsed, 1);
        }

        var reason = string.Join(' ', request.Arguments.Skip(reasonFrom));
        var result = await Desk.CommandAsync(new OperatorCommand.SetTrading(TradingMode.ReducingOnly, reason.Length == 0 ? "/pause" : reason, span) { Id = request.Id, By = By(request), ByAdmin = IsAdmin(request) });
        return result is OperatorResult.Done done
            ? new AnswerBuilder()
                .Line(span is null ? "Paused until /resume: no new entries." : $"Paused until {Formats.ShortTime(Desk.Now + span.Value)}: no new entries.")
                .Line($"Positions stay managed: {Numbers(done.StillOpen)}. Waiting entries stay; /close NUMBER withdraws one.")
                .Buttons(new ChatButton("Resume", new ButtonData.Run("/resume").ToString()))
                .Build()
            : Result(result);
    }

    private static TimeSpan? Span(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 100_000)
            return null;
        return char.ToLowerInvariant(text[^1]) switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => null,
        };
    }
}
