using TelegramTrader.Connectors.Storage.Rows;

namespace TelegramTrader.Connectors.Storage;

/// <summary>Which message shows a trade in which chat, and the hash of the text it shows, so that an unchanged card is not edited.</summary>
public sealed class CardStore(DataFolder folder)
{
    private readonly RowTable<CardRow> _table = new(folder.Model);

    public Card? Find(int tradeNumber, long chatId)
    {
        using var context = folder.Read();
        return context.Cards.Where(row => row.TradeNumber == tradeNumber && row.ChatId == chatId).Select(row => new Card(row.MessageId, row.TextHash)).FirstOrDefault();
    }

    public void Save(int tradeNumber, long chatId, Card card) => folder.Writer.Write(transaction =>
        _table.Put(transaction, new CardRow { TradeNumber = tradeNumber, ChatId = chatId, MessageId = card.MessageId, TextHash = card.TextHash }));

    /// <summary>The message is gone; the next change makes a new one.</summary>
    public void Forget(int tradeNumber, long chatId) => folder.Writer.Write(transaction =>
        { transaction.Execute("DELETE FROM Cards WHERE TradeNumber = $1 AND ChatId = $2", tradeNumber, chatId); });
}

public sealed record Card(long MessageId, string TextHash);
