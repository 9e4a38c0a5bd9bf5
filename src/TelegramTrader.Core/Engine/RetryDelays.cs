namespace TelegramTrader.Core.Engine;

/// <summary>How long to wait before an order that was refused is tried again.</summary>
internal static class RetryDelays
{
    /// <summary>Refused for a reason that may pass on its own.</summary>
    public static readonly TimeSpan Stop = TimeSpan.FromSeconds(2);

    /// <summary>Targets can wait: the stop protects meanwhile.</summary>
    public static readonly TimeSpan Target = TimeSpan.FromSeconds(60);

    /// <summary>For a close where no stop protects meanwhile: five times after 2 s, then as others.</summary>
    public static TimeSpan Urgent(int refusalsBefore) => refusalsBefore < 5 ? Stop : After(refusalsBefore - 5);

    /// <summary>5 s after the first refusal, then 10, 20, 40 and 60 s.</summary>
    public static TimeSpan After(int refusalsBefore) => TimeSpan.FromSeconds(refusalsBefore switch { <= 0 => 5, 1 => 10, 2 => 20, 3 => 40, _ => 60 });
}
