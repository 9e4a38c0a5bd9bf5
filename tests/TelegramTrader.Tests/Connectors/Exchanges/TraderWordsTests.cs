using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Orders;

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
        var words = TraderWords.Of(new ExchangeError(kind, "-1013", "Filter failure: MIN_NOTIONAL"), "the exchange");
        Assert.StartsWith(beginning, words, StringComparison.Ordinal);
        Assert.EndsWith("(the exchange: Filter failure: MIN_NOTIONAL, code -1013)", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AWholePageAsAnAnswer_IsShortened() =>
        Assert.True(TraderWords.Of(new ExchangeError(ExchangeErrorKind.Maintenance, "", new string('x', 100_000)), "the exchange").Length < 400);
}
