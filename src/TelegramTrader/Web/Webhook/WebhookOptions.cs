using System.Net;

namespace TelegramTrader.Web.Webhook;

/// <summary>How webhooks are received.</summary>
/// <param name="Port">0 for any that is free.</param>
public sealed record WebhookOptions(IPAddress Address, int Port, IReadOnlyList<WebhookSource> Sources)
{
    /// <summary>The largest body, in bytes.</summary>
    public int LargestBody { get; init; } = 64 * 1024;

    /// <summary>How long a body may take to arrive.</summary>
    public TimeSpan BodyWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A call whose own time is older than this is refused, or further ahead than <see cref="FarthestAhead"/>.</summary>
    public TimeSpan Oldest { get; init; } = TimeSpan.FromMinutes(5);

    public TimeSpan FarthestAhead { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Within this time the same body again is a repetition, where it brings neither an id nor a time.</summary>
    public TimeSpan RepeatWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many calls may wait to be stored; further ones are sent away with 503.</summary>
    public int MostWaiting { get; init; } = 256;

    /// <summary>How long a caller waits at most to hear that the post is stored; then it is told that it was accepted.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>Somebody who may post.</summary>
/// <param name="Name">The last part of the address; the posts are of the channel <c>hook:NAME</c>.</param>
public sealed record WebhookSource(string Name, string Secret)
{
    public string Channel => "hook:" + Name;

    // A record would print the secret.
    public override string ToString() => Channel;
}
