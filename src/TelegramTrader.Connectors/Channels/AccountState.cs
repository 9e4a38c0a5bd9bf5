namespace TelegramTrader.Connectors.Channels;

/// <summary>How the user's Telegram account stands: one of a closed set.</summary>
public abstract record AccountState
{
    private AccountState()
    {
    }

    /// <summary>The gateway has not started yet.</summary>
    public sealed record Waiting : AccountState;

    public sealed record LoginNeeded(string Reason) : AccountState;

    public sealed record Ready(LoggedInAccount Account) : AccountState;

    /// <summary>Telegram or the gateway gave no answer; it is tried again.</summary>
    public sealed record Unreachable(string Reason) : AccountState;
}

public sealed record LoggedInAccount(long Id, string Name);

/// <summary>What a step of the login came to: one of a closed set.</summary>
public abstract record LoginStep
{
    private LoginStep()
    {
    }

    /// <param name="By">How it comes: <c>app</c>, <c>sms</c>, <c>call</c>, …</param>
    /// <param name="Length">Of the code, when it is known.</param>
    public sealed record CodeSent(string By, int? Length) : LoginStep;

    /// <param name="Hint">What the user wrote down to remember it by.</param>
    public sealed record PasswordNeeded(string? Hint) : LoginStep;

    /// <summary>Logged in, and the session is stored.</summary>
    public sealed record Done(LoggedInAccount Account) : LoginStep;

    /// <param name="Next">What to give next.</param>
    /// <param name="Wait">How long Telegram wants no further try.</param>
    public sealed record Refused(string Reason, NextLoginStep Next, TimeSpan? Wait) : LoginStep;
}

public enum NextLoginStep
{
    /// <summary>Trying again is no use now.</summary>
    Nothing,
    Phone,
    Code,
    Password,
}
