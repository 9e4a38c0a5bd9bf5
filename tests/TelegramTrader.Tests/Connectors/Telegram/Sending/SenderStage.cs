using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Text;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Telegram.Sending;

/// <summary>A sender on a scripted Bot API and a clock that stands still. Without waiting for answers everything happens inside the call or the advance.</summary>
internal sealed class SenderStage : IDisposable
{
    public const long Ann = 42;
    public const long Bob = 43;
    public const long Desk = -100;

    public SenderStage(SendingLimits? limits = null, double jitter = 0)
    {
        Api = new ScriptedTelegramApi(Time);
        Sender = new TelegramSender(Api, limits ?? new SendingLimits(), Time, () => jitter, NullLogger<TelegramSender>.Instance);
    }

    public ManualTimeProvider Time { get; } = new();

    public ScriptedTelegramApi Api { get; }

    public TelegramSender Sender { get; }

    /// <summary>Limits that never bind, for tests of something else.</summary>
    public static SendingLimits Unlimited { get; } = new()
    {
        PerChat = new RateLimit(1000, TimeSpan.FromSeconds(1)),
        PerGroup = new RateLimit(1000, TimeSpan.FromSeconds(1)),
        Overall = new RateLimit(1000, TimeSpan.FromSeconds(1)),
    };

    public static OutgoingMessage Message(long chatId, string text, MessagePriority priority = MessagePriority.Notice) =>
        new() { ChatId = chatId, Text = TelegramText.FromPlain(text), Priority = priority };

    public Task<SendOutcome> SendAsync(long chatId, string text, MessagePriority priority = MessagePriority.Notice) => SendAsync(Message(chatId, text, priority));

    public Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken cancellationToken = default) => Sender.SendAsync(message, cancellationToken);

    public void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public static async Task<TOutcome> EndAsync<TOutcome>(Task<SendOutcome> sending) where TOutcome : SendOutcome =>
        Assert.IsType<TOutcome>(await sending.WaitAsync(ManualTimeProvider.Patience));

    public void Dispose() => Sender.Dispose();
}
