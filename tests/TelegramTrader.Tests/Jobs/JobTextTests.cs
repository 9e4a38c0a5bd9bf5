using TelegramTrader.Chat.Jobs;

namespace TelegramTrader.Tests.Jobs;

public sealed class JobTextTests
{
    [Theory]
    [InlineData(0.0, null, "▱▱▱▱▱▱▱▱▱▱ 0 %")]
    [InlineData(0.099, 3, "▱▱▱▱▱▱▱▱▱▱ 9 % · 00:03 left")]
    [InlineData(0.45, 12, "▰▰▰▰▱▱▱▱▱▱ 45 % · 00:12 left")]
    [InlineData(0.999, 3599, "▰▰▰▰▰▰▰▰▰▱ 99 % · 59:59 left")]
    [InlineData(1.0, 3661, "▰▰▰▰▰▰▰▰▰▰ 100 % · 1:01:01 left")]
    [InlineData(7.0, 400000000, "▰▰▰▰▰▰▰▰▰▰ 100 % · 9999:06:40 left")]
    public void Bar_OfAShare_IsTenPartsThePercentageAndTheTimeLeft(double share, int? seconds, string expected) =>
        Assert.Equal(expected, JobText.Bar(share, seconds is { } left ? TimeSpan.FromSeconds(left) : null));
}
