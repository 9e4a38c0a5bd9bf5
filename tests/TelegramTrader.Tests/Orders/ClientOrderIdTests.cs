using System.Text.RegularExpressions;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Tests.Orders;

public sealed partial class ClientOrderIdTests
{
    public static TheoryData<OrderPurpose, int, string> Purposes => new()
    {
        { new OrderPurpose.Entry(0), 1, "e0-1" },
        { new OrderPurpose.Entry(12), 3, "e12-3" },
        { new OrderPurpose.Stop(), 2, "s-2" },
        { new OrderPurpose.Target(1), 1, "t1-1" },
        { new OrderPurpose.Target(10), 99, "t10-99" },
        { new OrderPurpose.Exit(ExitReason.ByUser), 1, "x-1" },
        { new OrderPurpose.Exit(ExitReason.Stop), 7, "x-7" },
    };

    [Theory]
    [MemberData(nameof(Purposes))]
    public void Derive_PurposeAndAttempt_StandAtTheEnd(OrderPurpose purpose, int attempt, string ending)
    {
        var id = ClientOrderId.Derive("@alpha/1/1/0", purpose, attempt).Value;
        Assert.EndsWith("-" + ending, id, StringComparison.Ordinal);
        Assert.Matches(Form(), id);
        Assert.Equal(19 + ending.Length, id.Length);
    }

    [Fact]
    public void Derive_KnownSignal_IsTheSameForEver() =>
        // SHA-256 of "@alpha/1/1/0", five bits of each of the first sixteen bytes. A changed id would double orders that are out.
        Assert.Equal("ttvcgmmk7w3w2kewnu-e0-1", ClientOrderId.Derive("@alpha/1/1/0", new OrderPurpose.Entry(0), 1).Value);

    [Fact]
    public void Derive_SameInputTwice_IsTheSameId() =>
        Assert.Equal(ClientOrderId.Derive("a", new OrderPurpose.Stop(), 1), ClientOrderId.Derive("a", new OrderPurpose.Stop(), 1));

    [Fact]
    public void Derive_ManySignalsPurposesAndAttempts_NeverCollide()
    {
        var seen = new HashSet<ClientOrderId>();
        for (var signal = 0; signal < 2000; signal++)
            foreach (var purpose in new OrderPurpose[] { new OrderPurpose.Entry(0), new OrderPurpose.Entry(1), new OrderPurpose.Stop(), new OrderPurpose.Target(1), new OrderPurpose.Target(11), new OrderPurpose.Exit(ExitReason.Stop) })
                for (var attempt = 1; attempt <= 3; attempt++)
                    Assert.True(seen.Add(ClientOrderId.Derive($"@alpha/{signal}/1/0", purpose, attempt)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Derive_AttemptBelowOne_Throws(int attempt) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ClientOrderId.Derive("a", new OrderPurpose.Stop(), attempt));

    [Theory]
    [InlineData("")]
    [InlineData("123456789012345678901234567890123")]
    public void New_EmptyOrLongerThan32_Throws(string text) => Assert.Throws<ArgumentException>(() => new ClientOrderId(text));

    [GeneratedRegex("^tt[a-z2-7]{16}-[a-z0-9]+-[0-9]+$")]
    private static partial Regex Form();

    [Theory]
    [InlineData("ttabcdefghijklmnop-e0-1", true)]
    [InlineData("ttabcdefghijklmnop-t12-3", true)]
    [InlineData("ttabcdefghijklmnop-s-1", true)]
    [InlineData("tt2345672345672345-x-999", true)]
    [InlineData("ttselftest-s-1767225600000", false)]
    [InlineData("ttabcdefghijklmnop-s-", false)]
    [InlineData("ttabcdefghijklmnop-t-1", false)]
    [InlineData("ttabcdefghijklmnop-s1-1", false)]
    [InlineData("ttabcdefghijklmnop-s-1-2", false)]
    [InlineData("ttabcdefghijklmn1p-s-1", false)]
    [InlineData("ttABCDEFGHIJKLMNOP-s-1", false)]
    [InlineData("ttabcdefghijklmnop-s-a", false)]
    [InlineData("xxabcdefghijklmnop-s-1", false)]
    [InlineData("web_0123456789012345678901234567890123456", false)]
    [InlineData("", false)]
    public void HasOurForm_AnyText_OnlyDerivedOnes(string text, bool isOurs) => Assert.Equal(isOurs, ClientOrderId.HasOurForm(text));
}
