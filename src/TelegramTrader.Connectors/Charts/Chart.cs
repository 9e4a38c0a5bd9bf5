using System.Text.Json.Nodes;

namespace TelegramTrader.Connectors.Charts;

/// <summary>
/// A chart as data: an ECharts option that holds only JSON, no functions, so that the same one becomes a picture here and is drawn by a browser elsewhere. Its texts are clean,
/// its colours are those of the theme it was made for.
/// </summary>
/// <param name="Name">What a file with it is called, without an ending: small letters, digits and dashes.</param>
/// <param name="Title">One line for people who don't see it.</param>
/// <param name="Option">Not to be changed once it is here.</param>
/// <param name="Width">Of the surface it is laid out for, in CSS pixels; a phone shows about 400.</param>
/// <param name="Height">As <paramref name="Width"/>.</param>
public sealed record Chart(string Name, string Title, JsonObject Option, int Width, int Height)
{
    /// <summary>The width all charts are laid out for.</summary>
    public const int PhoneWidth = 400;
}
