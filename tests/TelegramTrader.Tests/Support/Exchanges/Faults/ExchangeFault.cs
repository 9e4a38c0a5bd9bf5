namespace TelegramTrader.Tests.Support.Exchanges.Faults;

/// <summary>Something that goes wrong with a request: one of a closed set.</summary>
public abstract record ExchangeFault
{
    private ExchangeFault()
    {
    }

    /// <summary>The connection breaks before the request is carried out.</summary>
    public sealed record CutBefore : ExchangeFault;

    /// <summary>The request is carried out, and the connection breaks before the answer.</summary>
    public sealed record CutAfter : ExchangeFault;

    /// <summary>The request is carried out when <paramref name="Release"/> completes, and answered then.</summary>
    public sealed record HeldBefore(Task Release) : ExchangeFault;

    /// <summary>The request is carried out at once, and answered when <paramref name="Release"/> completes.</summary>
    public sealed record HeldAfter(Task Release) : ExchangeFault;

    /// <summary>Another answer in place of the right one; the request has no effect.</summary>
    public sealed record AnswerBefore(int Status, string Body, int? RetryAfterSeconds = null) : ExchangeFault;

    /// <summary>The request is carried out, and another answer is given.</summary>
    public sealed record AnswerAfter(int Status, string Body) : ExchangeFault;

    /// <summary>The request is carried out, and the answer breaks off in the middle.</summary>
    public sealed record HalfAnswer : ExchangeFault;
}

/// <summary>Something that goes wrong with a push: one of a closed set.</summary>
public abstract record PushFault
{
    private PushFault()
    {
    }

    public sealed record Dropped : PushFault;

    public sealed record Doubled : PushFault;

    /// <summary>It comes after so many later pushes on the same connection.</summary>
    public sealed record Behind(int Pushes) : PushFault;

    /// <summary>It is not delivered, and the connection is closed instead.</summary>
    public sealed record Closed : PushFault;
}
