namespace TelegramTrader.Connectors.Charts;

public enum ChartTheme
{
    Dark,
    Light,
}

/// <summary>
/// The one style of all charts. Gain and loss are teal and orange, which people with any colour blindness tell apart, and never the only sign: a number, a place or a
/// shape says the same. A test holds every colour of a text to a contrast of 4.5 with the background, and every other to 3.
/// </summary>
public sealed record ChartStyle
{
    /// <summary>Sizes in CSS pixels on a surface <see cref="Chart.PhoneWidth"/> wide; a phone shows them a tenth smaller.</summary>
    public const int TitleSize = 16;

    public const int TextSize = 12;

    public const int SmallSize = 11;

    public required ChartTheme Theme { get; init; }

    public required string Background { get; init; }

    public required string Text { get; init; }

    /// <summary>For what is beside the point: axes, notes.</summary>
    public required string Muted { get; init; }

    /// <summary>Lines that only guide the eye; the contrast is meant to be low.</summary>
    public required string Guide { get; init; }

    public required string Gain { get; init; }

    public required string Loss { get; init; }

    /// <summary>The line that the chart is about.</summary>
    public required string Accent { get; init; }

    /// <summary>What is to be found at once: the best, the entry.</summary>
    public required string Mark { get; init; }

    /// <summary>The middle between gain and loss where a colour stands for an amount.</summary>
    public required string Neutral { get; init; }

    /// <summary>The far ends of the same, gain and loss; a text on them is <see cref="OnStrong"/>.</summary>
    public required string StrongGain { get; init; }

    public required string StrongLoss { get; init; }

    public required string OnStrong { get; init; }

    public static ChartStyle Of(ChartTheme theme) => theme switch
    {
        ChartTheme.Dark => new()
        {
            Theme = theme,
            Background = "#12171f", Text = "#eef2f6", Muted = "#a3b0bd", Guide = "#28323d",
            Gain = "#2ec4b0", Loss = "#ff8a50", Accent = "#64b0ff", Mark = "#ffd166",
            Neutral = "#232c37", StrongGain = "#14857a", StrongLoss = "#b4511d", OnStrong = "#ffffff",
        },
        ChartTheme.Light => new()
        {
            Theme = theme,
            Background = "#ffffff", Text = "#17212b", Muted = "#586673", Guide = "#e2e7ec",
            Gain = "#00796c", Loss = "#c24a10", Accent = "#1463b8", Mark = "#8a6100",
            Neutral = "#f1f3f5", StrongGain = "#4db6a9", StrongLoss = "#f0935f", OnStrong = "#101820",
        },
        _ => throw new ArgumentOutOfRangeException(nameof(theme), theme, "Not in the set of themes."),
    };

    /// <summary>Between <see cref="StrongLoss"/> at −1, <see cref="Neutral"/> at 0 and <see cref="StrongGain"/> at 1; what is beyond is as at the end.</summary>
    public string Shade(double share)
    {
        var (end, part) = (share < 0 ? StrongLoss : StrongGain, Math.Min(Math.Abs(share), 1));
        return "#" + string.Concat(Enumerable.Range(0, 3).Select(channel =>
            ((int)Math.Round(Channel(Neutral, channel) + (Channel(end, channel) - Channel(Neutral, channel)) * part)).ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static int Channel(string colour, int channel) => Convert.ToInt32(colour.Substring(1 + channel * 2, 2), 16);
}
