namespace TelegramTrader.Connectors.Gateway;

/// <summary>What came of a call to the gateway: one of a closed set. No text in it holds a secret.</summary>
public abstract record GatewayAnswer<T>
{
    private GatewayAnswer()
    {
    }

    public sealed record Ok(T Value) : GatewayAnswer<T>;

    /// <summary>The gateway, or Telegram behind it, understood and said no.</summary>
    public sealed record Refused(GatewayRefusal Refusal) : GatewayAnswer<T>;

    /// <summary>No answer in time. Whether the call had its effect is unknown; a late answer is dropped.</summary>
    public sealed record TimedOut(TimeSpan After) : GatewayAnswer<T>;

    /// <summary>The gateway was lost while the call was under way. Whether it had its effect is unknown.</summary>
    public sealed record Lost(string Reason) : GatewayAnswer<T>;

    /// <summary>The call was never sent, because no gateway is there to take it.</summary>
    public sealed record NotRunning(string Reason) : GatewayAnswer<T>;

    /// <summary>Null when it is <see cref="Ok"/>; otherwise one sentence that says what went wrong.</summary>
    public string? Trouble => this switch
    {
        Ok => null,
        Refused refused => refused.Refusal.Message,
        TimedOut timedOut => FormattableString.Invariant($"The gateway gave no answer within {timedOut.After.TotalSeconds:0.#} s."),
        Lost lost => lost.Reason,
        NotRunning notRunning => notRunning.Reason,
        _ => throw new InvalidOperationException($"{GetType().Name} is not in the set of answers."),
    };

    /// <summary>The same answer with another value; anything but <see cref="Ok"/> stays what it is.</summary>
    public GatewayAnswer<TOther> Select<TOther>(Func<T, TOther> convert) => this switch
    {
        Ok ok => new GatewayAnswer<TOther>.Ok(convert(ok.Value)),
        Refused refused => new GatewayAnswer<TOther>.Refused(refused.Refusal),
        TimedOut timedOut => new GatewayAnswer<TOther>.TimedOut(timedOut.After),
        Lost lost => new GatewayAnswer<TOther>.Lost(lost.Reason),
        NotRunning notRunning => new GatewayAnswer<TOther>.NotRunning(notRunning.Reason),
        _ => throw new InvalidOperationException($"{GetType().Name} is not in the set of answers."),
    };
}

/// <param name="Message">One sentence for people.</param>
/// <param name="Wait">How long Telegram or the exchange asks to wait before the same call, when it does.</param>
public sealed record GatewayRefusal(GatewayRefusalKind Kind, string Message, TimeSpan? Wait = null)
{
    /// <summary>What an exchange said; null when it was not an exchange that refused.</summary>
    public ExchangeRefusal? Exchange { get; init; }
}

/// <param name="Kind">Our name for it, as the gateway writes it: <c>insufficientFunds</c>.</param>
/// <param name="Code">The exchange's own code; empty when it has none.</param>
/// <param name="MayHaveHappened">A write that may have had its effect all the same: its outcome is unknown.</param>
public sealed record ExchangeRefusal(string Kind, string Code, bool MayHaveHappened);

public enum GatewayRefusalKind
{
    /// <summary>Anything that the gateway has no name for, also its own failures.</summary>
    Other,

    /// <summary>The account was not started in this gateway yet.</summary>
    NotStarted,

    /// <summary>The account is not logged in, or Telegram ended its login.</summary>
    LoginNeeded,

    NotFound,

    /// <summary>The account cannot read the channel.</summary>
    NotMember,

    /// <summary>The name belongs to another channel than before.</summary>
    DifferentChannel,

    /// <summary>A person or a bot.</summary>
    NotAChannel,

    /// <summary>Telegram asks to wait; <see cref="GatewayRefusal.Wait"/> says how long.</summary>
    FloodWait,

    /// <summary>Another refusal of Telegram.</summary>
    Telegram,

    /// <summary>A refusal of an exchange, or on the way to it; <see cref="GatewayRefusal.Exchange"/> says which.</summary>
    Exchange,

    /// <summary>A parameter is missing or not of its kind.</summary>
    Parameters,
}
