using System.Globalization;
using TelegramTrader.Core.Signals.Parsing.Text;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Tests.Signals.Parsing.Tokens;

public sealed class NumberScannerTests
{
    [Theory]
    [InlineData("64800", "64800", 5)]
    [InlineData("64,800.50", "64800.50", 9)]
    [InlineData("0,0234", "0.0234", 6)]
    [InlineData("1.234,50", "1234.50", 8)]
    [InlineData("1,234,567", "1234567", 9)]
    [InlineData("202,6", "202.6", 5)]
    [InlineData(".405", "0.405", 4)]
    [InlineData("77\u00a0645.45", "77645.45", 9)]
    [InlineData("1'250.5", "1250.5", 7)]
    [InlineData("0.00000608", "0.00000608", 10)]
    // Lists without spaces: only the first number is taken.
    [InlineData("0.5,0.6,0.7", "0.5", 3)]
    [InlineData("255,280,310", "255", 3)]
    [InlineData("45,50,55", "45", 2)]
    public void Scan_WrittenNumber_GivesValueAndEnd(string written, string value, int end)
    {
        var found = NumberScanner.Scan(TextFolder.Fold(written), 0, out var number, out var isNumber);

        Assert.True(isNumber);
        Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), number.Value);
        Assert.Equal(end, found);
    }

    [Theory]
    [InlineData("12,345", "12345", "12.345")]
    [InlineData("34.000", "34.000", "34000")]
    [InlineData("0.345", "0.345", "0")]
    public void Scan_AmbiguousSeparator_KeepsTheOtherReading(string written, string value, string other)
    {
        NumberScanner.Scan(TextFolder.Fold(written), 0, out var number, out _);

        Assert.Equal(decimal.Parse(value, CultureInfo.InvariantCulture), number.Value);
        Assert.Equal(decimal.Parse(other, CultureInfo.InvariantCulture), number.Alternative);
    }

    [Theory]
    [InlineData("1234567890123456")]
    [InlineData("0.123456789012345678901234567890")]
    public void Scan_MoreDigitsThanAPriceHas_IsNoNumber(string written)
    {
        NumberScanner.Scan(TextFolder.Fold(written), 0, out _, out var isNumber);

        Assert.False(isNumber);
    }
}
