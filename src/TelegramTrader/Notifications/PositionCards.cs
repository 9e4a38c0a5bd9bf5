using System.Security.Cryptography;
using System.Text;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Queries;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.TelegramFront;
using TelegramTrader.Trading;

namespace TelegramTrader.Notifications;

/// <summary>
/// One message a trade and chat that shows how it stands, edited as it lives: always the present state, so that what happened while Telegram was away needs one edit.
/// </summary>
public sealed class PositionCards(TradingDesk desk, TradeQueries queries, CardStore store, TelegramSender sender, Formats formats)
{
    /// <summary>The message that shows the trade in the chat; null when there is none.</summary>
    public long? MessageOf(int tradeNumber, long chatId) => store.Find(tradeNumber, chatId)?.MessageId;

    /// <summary>Brings the card up to date, or makes it. True when the chat got a new message.</summary>
    /// <param name="aloud">A new card is a notification by itself.</param>
    public async Task<CardOutcome> ShowAsync(int tradeNumber, long chatId, bool aloud, CancellationToken cancellation)
    {
        if (await ViewAsync(tradeNumber, cancellation) is not { } view)
            return new CardOutcome(null, false);
        var answer = Write(view);
        var hash = Hash(answer);
        var known = store.Find(tradeNumber, chatId);
        if (known?.TextHash == hash)
            return new CardOutcome(null, false);
        var message = new OutgoingMessage
        {
            ChatId = chatId,
            EditMessageId = known?.MessageId,
            Text = TelegramMarkup.Write(answer),
            Priority = known is null && aloud ? MessagePriority.Notice : MessagePriority.Card,
            Silent = !aloud,
        };
        var outcome = await sender.SendAsync(message, cancellation);
        if (outcome is SendOutcome.EditTargetGone)
        {
            // Somebody deleted the card. A live trade gets a new one; an ended one is left in peace.
            store.Forget(tradeNumber, chatId);
            if (view.Trade.IsFinished)
                return new CardOutcome(null, false);
            outcome = await sender.SendAsync(message with { EditMessageId = null, Silent = true }, cancellation);
        }

        if (outcome is SendOutcome.Delivered && outcome.MessageIds.Count > 0)
            store.Save(tradeNumber, chatId, new Card(known is not null && outcome.MessageIds.Contains(known.MessageId) ? known.MessageId : outcome.MessageIds[0], hash));
        return new CardOutcome(outcome, known is null);
    }

    /// <summary>Brings the cards of all live trades up to date.</summary>
    public async Task RefreshAsync(long chatId, CancellationToken cancellation)
    {
        var snapshot = await desk.SnapshotAsync();
        foreach (var view in snapshot.Trades)
            if (store.Find(view.Trade.Number, chatId) is not null)
                await ShowAsync(view.Trade.Number, chatId, aloud: false, cancellation);
    }

    private ChatAnswer Write(TradeView view)
    {
        var text = new AnswerBuilder();
        PositionText.Write(text, view, desk.Label, desk.Now, formats);
        if (!view.Trade.IsFinished)
            text.Buttons(TradeButtons.For(view.Trade.Number));
        return text.Buttons(new ChatButton("Why", new ButtonData.Run($"/why {view.Trade.Number}").ToString())).Build();
    }

    private async Task<TradeView?> ViewAsync(int tradeNumber, CancellationToken cancellation)
    {
        if (await desk.ReadAsync(state => state.Trades.TryGetValue(tradeNumber, out var trade) && !trade.IsFinished ? TradeView.Of(state, trade) : null) is { } live)
            return live;
        return await queries.TradeAsync(tradeNumber, cancellation) is { } stored ? new TradeView(stored, [], null) : null;
    }

    private static string Hash(ChatAnswer answer) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', answer.Rows.Select(row => row.PlainText)) + answer.Buttons.Count)));
}

/// <param name="Outcome">Null when nothing had to be sent.</param>
/// <param name="IsNew">The card did not exist before.</param>
public sealed record CardOutcome(SendOutcome? Outcome, bool IsNew);
