namespace TelegramTrader.Connectors.Telegram.Types;

/// <summary>A pressed button. To be answered with <see cref="Requests.AnswerCallbackQuery"/>, or the button keeps spinning.</summary>
public sealed record CallbackQuery
{
    public required string Id { get; init; }

    /// <summary>Who pressed it, which need not be the person it was shown to.</summary>
    public required User From { get; init; }

    /// <summary>The message with the button.</summary>
    public Message? Message { get; init; }

    /// <summary>What the button carries. Clients can send any text here: to be checked like any other input.</summary>
    public string? Data { get; init; }

    public override string ToString() => $"callback query {Id}";
}
