namespace TelegramTrader.Notifications;

/// <summary>Brings the cards of live trades up to date in every chat that has them; nothing to do without Telegram.</summary>
public sealed class CardRefresh(PositionCards? cards, Recipients recipients)
{
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        if (cards is null)
            return;
        foreach (var chat in recipients.All)
            await cards.RefreshAsync(chat, cancellation);
    }
}
