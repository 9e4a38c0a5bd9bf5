using System.Runtime.InteropServices;

namespace TelegramTrader;

/// <summary>Which version this is, and on what it runs.</summary>
public static class AppVersion
{
    public static string Number { get; } = typeof(AppVersion).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static string Text { get; } = $"TelegramTrader {Number} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";
}
