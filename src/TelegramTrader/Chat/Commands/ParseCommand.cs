using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Signals.Profiles;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class ParseCommand(TradingDesk desk, Formats formats, ISignalParser parser) : ChatCommand(desk, formats)
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
            Channel = new ChannelId("pasted"),
            MessageId = 0,
            PostedAt = Desk.Now,
            ReceivedAt = Desk.Now,
            Text = post,
        };
        return Task.FromResult(ParseText.Write(post, parser.Parse(message, new ParseContext(ChannelProfile.Default, ParseContext.TextOnly.Market)), Formats));
    }
}
