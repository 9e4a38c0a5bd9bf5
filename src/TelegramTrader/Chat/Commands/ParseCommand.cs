using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class ParseCommand(TradingDesk desk, Formats formats, ISignalParser parser, PostShelf shelf) : ChatCommand(desk, formats)
{
    public override string Name => "parse";

    public override string Arguments => "TEXT";

    public override string Help => "how I read a post: paste it here, or answer it with /parse";

    public override CommandGroup Group => CommandGroup.Learn;

    public override Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var post = request.Text.Length > 0 ? request.Text : request.Quoted ?? "";
        if (post.Length == 0)
            return Task.FromResult(Usage("Which post?"));
        var message = new ChannelMessage
        {
            Channel = ChannelId.ByHand,
            MessageId = 0,
            PostedAt = Desk.Now,
            ReceivedAt = Desk.Now,
            Text = post,
        };
        var result = parser.Parse(message, ParseContext.TextOnly);
        var text = new AnswerBuilder();
        ParseText.Write(text, post, result, Formats);
        var token = request.User.Role >= Role.Trader ? shelf.Put(post, request.Id, Desk.Now) : "";
        ChatButton[] buttons = [
            .. request.User.Role >= Role.Trader && TradeCommand.MayBeTraded(result) ? [TradeCommand.Button(token)] : Array.Empty<ChatButton>(),
            .. request.User.Role >= Role.Admin ? [TeachCommand.Button(token)] : Array.Empty<ChatButton>(),
        ];
        if (buttons.Length > 0)
            text.Buttons(buttons);
        return Task.FromResult(text.Build());
    }
}
