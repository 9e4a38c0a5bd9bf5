using System.Globalization;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;

namespace TelegramTrader.Chat;

/// <summary>How numbers and times are written for people, in one time zone.</summary>
public sealed class Formats(TimeZoneInfo zone)
{
    public TimeZoneInfo Zone => zone;

    /// <summary>A price with thousands marks and every digit it has.</summary>
    public string Price(Price price) => price.Value.ToString("#,##0.############", CultureInfo.InvariantCulture);

    /// <summary>An average price, to the tick's digits and two more.</summary>
    public string Price(Price price, Instrument instrument)
    {
        var digits = Math.Min(12, BitConverter.GetBytes(decimal.GetBits(instrument.PriceTick)[3])[2] + 2);
        return decimal.Round(price.Value, digits, MidpointRounding.AwayFromZero).ToString("#,##0.############", CultureInfo.InvariantCulture);
    }

    public string Quantity(Quantity quantity) => quantity.Value.ToString("#,##0.########", CultureInfo.InvariantCulture);

    public string Money(Money money) => money.Amount.ToString("#,##0.00", CultureInfo.InvariantCulture) + " " + money.Asset;

    /// <summary>An amount whose asset is said beside it, with its sign.</summary>
    public string Change(decimal amount) => Signed(amount, "#,##0.00");

    /// <summary>With its sign, because it is a gain or a loss.</summary>
    public string Change(Money money) => Signed(money.Amount, "#,##0.00") + " " + money.Asset;

    public string Percent(decimal fraction) => (fraction * 100m).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    public string ChangePercent(decimal fraction) => Signed(fraction * 100m, "0.00") + " %";

    /// <summary>A result in units of the risk taken.</summary>
    public string R(decimal multiple) => Signed(multiple, "0.00") + " R";

    public string Number(decimal value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);

    /// <summary>With every digit that it has.</summary>
    public string Exact(decimal value) => value.ToString("#,##0.################", CultureInfo.InvariantCulture);

    public string Count(int value) => value.ToString("#,##0", CultureInfo.InvariantCulture);

    public string Time(Instant time) => Local(time).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string ShortTime(Instant time) => Local(time).ToString("dd MMM HH:mm", CultureInfo.InvariantCulture);

    public string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalSeconds: < 100 } => $"{age.TotalSeconds:0} s",
        { TotalMinutes: < 100 } => $"{age.TotalMinutes:0} min",
        { TotalHours: < 48 } => $"{(int)age.TotalHours} h {age.Minutes} min",
        _ => $"{(int)age.TotalDays} d {age.Hours} h",
    };

    public string Side(TradeSide side) => side == TradeSide.Long ? "LONG" : "SHORT";

    public string Reason(ExitReason reason) => reason switch
    {
        ExitReason.Target => "target",
        ExitReason.Stop => "stop",
        ExitReason.Breakeven => "stop at entry",
        ExitReason.TrailingStop => "trailing stop",
        ExitReason.TimeLimit => "time limit",
        ExitReason.ByChannel => "closed by the channel",
        ExitReason.ByUser => "closed by you",
        ExitReason.EmergencyStop => "emergency stop",
        ExitReason.StopRefused => "no stop could be placed",
        ExitReason.Liquidation => "liquidation",
        ExitReason.LossLimit => "loss limit",
        ExitReason.Remainder => "remainder closed",
        ExitReason.OutsideTheBot => "closed outside the bot",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Not in the set of exit reasons."),
    };

    private DateTimeOffset Local(Instant time) => TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), zone);

    private static string Signed(decimal value, string format)
    {
        var text = Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
        // A loss that rounds to nothing is nothing.
        var isZero = text.All(character => character is '0' or '.' or ',');
        return isZero ? text : (value < 0m ? "−" : "+") + text;
    }
}
