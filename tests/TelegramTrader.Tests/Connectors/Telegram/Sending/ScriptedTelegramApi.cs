using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Telegram.Sending;

/// <summary>
/// A Bot API that answers what the test says, at once: a message is delivered unless an answer was planned for its chat.
/// Throws on requests it was not taught.
/// </summary>
internal sealed class ScriptedTelegramApi(ManualTimeProvider time) : ITelegramApi
{
    private readonly Dictionary<long, Queue<Func<CancellationToken, Task<TelegramResult<MessageReceipt>>>>> _planned = [];
    private readonly Lock _gate = new();
    private long _lastId;

    /// <summary>What was asked, with the moment on the clock.</summary>
    public List<(TimeSpan At, long ChatId, string Text, TelegramRequest<MessageReceipt> Request)> Sent { get; } = [];

    public IEnumerable<string> Texts => Sent.Select(sent => sent.Text);

    public static TelegramResult<MessageReceipt> Flood(double seconds) => new TelegramResult<MessageReceipt>.TooManyRequests(TimeSpan.FromSeconds(seconds));

    public static TelegramResult<MessageReceipt> NoAnswer() => new TelegramResult<MessageReceipt>.Unreachable("connection refused");

    public static TelegramResult<MessageReceipt> ServerError() => new TelegramResult<MessageReceipt>.Unreachable("HTTP 502", 502);

    public static TelegramResult<MessageReceipt> Refusal(int code, string description, long? migrateTo = null) =>
        new TelegramResult<MessageReceipt>.Refused(new TelegramRefusal(code, description, migrateTo));

    /// <summary>The next answers in a chat, in order.</summary>
    public void Plan(long chatId, params TelegramResult<MessageReceipt>[] answers)
    {
        foreach (var answer in answers)
            Plan(chatId, _ => Task.FromResult(answer));
    }

    public void Plan(long chatId, Func<CancellationToken, Task<TelegramResult<MessageReceipt>>> answer)
    {
        if (!_planned.TryGetValue(chatId, out var answers))
            _planned[chatId] = answers = [];
        answers.Enqueue(answer);
    }

    public Task<TelegramResult<TResult>> SendAsync<TResult>(TelegramRequest<TResult> request, CancellationToken cancellationToken)
    {
        var (chatId, text) = request switch
        {
            SendMessage message => (message.ChatId, message.Text),
            EditMessageText edit => (edit.ChatId, edit.Text),
            SendPhoto photo => (photo.ChatId, photo.Caption ?? ""),
            SendDocument document => (document.ChatId, document.Caption ?? ""),
            _ => throw new NotSupportedException($"{request} was not taught."),
        };
        lock (_gate)
        {
            Sent.Add((time.Elapsed, chatId, text, (TelegramRequest<MessageReceipt>)(object)request));
            var answer = _planned.TryGetValue(chatId, out var answers) && answers.TryDequeue(out var planned) ? planned(cancellationToken) : Delivered();
            return (Task<TelegramResult<TResult>>)(object)answer;
        }
    }

    public Task<TelegramResult<MessageReceipt>> Delivered() =>
        Task.FromResult<TelegramResult<MessageReceipt>>(new TelegramResult<MessageReceipt>.Ok(new MessageReceipt { MessageId = ++_lastId }));
}
