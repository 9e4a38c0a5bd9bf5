using TelegramTrader.Core.Orders;

namespace TelegramTrader.Tests.Orders;

public sealed class ExchangeErrorTests
{
    // Whether asking again later makes sense. A new kind must be put here on purpose.
    private static readonly Dictionary<ExchangeErrorKind, bool> MayPass = new()
    {
        [ExchangeErrorKind.InsufficientFunds] = false,
        [ExchangeErrorKind.RateLimited] = true,
        [ExchangeErrorKind.Network] = true,
        [ExchangeErrorKind.Maintenance] = true,
        [ExchangeErrorKind.InvalidOrder] = false,
        [ExchangeErrorKind.BelowMinimum] = false,
        [ExchangeErrorKind.WrongPrecision] = false,
        [ExchangeErrorKind.WouldTriggerAtOnce] = false,
        [ExchangeErrorKind.ReduceOnlyRefused] = false,
        [ExchangeErrorKind.DuplicateClientOrderId] = false,
        [ExchangeErrorKind.OrderNotFound] = false,
        [ExchangeErrorKind.UnknownSymbol] = false,
        [ExchangeErrorKind.Authentication] = false,
        [ExchangeErrorKind.PermissionDenied] = false,
        [ExchangeErrorKind.AddressBanned] = true,
        [ExchangeErrorKind.ClockSkew] = true,
        [ExchangeErrorKind.NotSupported] = false,
        [ExchangeErrorKind.TooLate] = false,
        [ExchangeErrorKind.Unrecognised] = false,
    };

    [Fact]
    public void MayPass_EveryKind_IsInTheTable()
    {
        Assert.Equal(Enum.GetValues<ExchangeErrorKind>().Order(), MayPass.Keys.Order());
        foreach (var (kind, expected) in MayPass)
            Assert.Equal(expected, new ExchangeError(kind, "1", "test").MayPass);
    }

    [Fact]
    public void MayPass_KindOutsideTheTable_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ExchangeError.MayPassOnItsOwn((ExchangeErrorKind)999));
}
