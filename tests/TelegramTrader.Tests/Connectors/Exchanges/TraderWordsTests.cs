using TelegramTrader.Chat;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Orders;
using TelegramTrader.Notifications;

namespace TelegramTrader.Tests.Connectors.Exchanges;

public sealed class TraderWordsTests
{
    [Theory]
    [InlineData(ExchangeErrorKind.Authentication, "The API key or its secret is wrong")]
    [InlineData(ExchangeErrorKind.PermissionDenied, "The API key may not do this")]
    [InlineData(ExchangeErrorKind.AddressBanned, "The exchange bars this machine's address")]
    [InlineData(ExchangeErrorKind.UnknownSymbol, "The exchange does not list this symbol.")]
    [InlineData(ExchangeErrorKind.BelowMinimum, "The order is smaller than the exchange allows.")]
    [InlineData(ExchangeErrorKind.InsufficientFunds, "There is not enough free money in the account")]
    public void Of_ARefusal_IsASentenceThatATraderUnderstands(ExchangeErrorKind kind, string beginning)
    {
        var words = TraderWords.Of(new ExchangeError(kind, "-1013", "Filter failure: MIN_NOTIONAL"), "the exchange", AfterRefusal.EntryGivenUp);
        Assert.StartsWith(beginning, words, StringComparison.Ordinal);
        Assert.EndsWith("(the exchange: Filter failure: MIN_NOTIONAL, code -1013)", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExchangeErrorKind.RateLimited)]
    [InlineData(ExchangeErrorKind.Network)]
    [InlineData(ExchangeErrorKind.Maintenance)]
    public void OrderRejected_ForAReasonThatMayPass_SaysWhetherItIsTriedAgain(ExchangeErrorKind kind)
    {
        foreach (var purpose in new OrderPurpose[] { new OrderPurpose.Entry(0), new OrderPurpose.Stop(), new OrderPurpose.Target(1), new OrderPurpose.Exit(ExitReason.ByUser) })
        {
            var said = new NotificationText("LIVE", new Formats(TimeZoneInfo.Utc)).Write(new Notification.OrderRejected(1, purpose, new ExchangeError(kind, "1", "no")), null);
            var text = string.Join('\n', said.Rows.Select(row => row.PlainText));
            var isEntry = purpose is OrderPurpose.Entry;
            Assert.Equal(isEntry, text.Contains("an entry is not tried again", StringComparison.Ordinal));
            Assert.Equal(!isEntry, text.Contains("it is tried again by itself", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Of_AWholePageAsAnAnswer_IsShortened() =>
        Assert.True(TraderWords.Of(new ExchangeError(ExchangeErrorKind.Maintenance, "", new string('x', 100_000)), "the exchange", AfterRefusal.TriedAgain).Length < 400);
}
