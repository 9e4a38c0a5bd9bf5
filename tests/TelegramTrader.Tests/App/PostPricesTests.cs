using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Tests.Support;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

public sealed class PostPricesTests
{
    private readonly LatestQuotes _quotes = new();

    [Fact]
    public void Of_APostThatNamesAQuotedSymbol_IsHalfwayBetweenBidAndAsk()
    {
        _quotes.See(Some.Quote(64000m, 64001m));
        // (64000 + 64001) / 2
        Assert.Equal((Some.Btc, (decimal?)64000.5m, (Instant?)Some.Time), Of("BUY BTCUSDT @ 64800, TP 65000, SL 64500"));
    }

    [Fact]
    public void Of_ALaterQuote_IsTheLatest()
    {
        _quotes.See(Some.Quote(1m, 2m));
        _quotes.See(Some.Quote(10m, 20m, time: Some.Time + TimeSpan.FromSeconds(1)));
        Assert.Equal((Some.Btc, (decimal?)15m, (Instant?)(Some.Time + TimeSpan.FromSeconds(1))), Of("Close BTC"));
    }

    [Theory]
    [InlineData("BUY DOGEUSDT @ 0.2, TP 0.3, SL 0.1")]
    [InlineData("Good morning everyone")]
    [InlineData("")]
    public void Of_APostWithoutAQuotedSymbol_IsNothing(string text)
    {
        _quotes.See(Some.Quote(1m, 2m));
        Assert.Null(new PostPrices(_quotes, new SignalParser(), new Dictionary<string, string>()).Of(Some.Message(text)));
    }

    [Fact]
    public void Of_ASymbolWithoutAQuote_HasNoPrice() =>
        Assert.Null(new PostPrices(_quotes, new SignalParser(), new Dictionary<string, string>()).Of(Some.Eth).Price);

    private (Symbol?, decimal?, Instant?) Of(string text)
    {
        var observed = new PostPrices(_quotes, new SignalParser(), new Dictionary<string, string>()).Of(Some.Message(text));
        return (observed?.Symbol, observed?.Price?.Value, observed?.At);
    }
}
