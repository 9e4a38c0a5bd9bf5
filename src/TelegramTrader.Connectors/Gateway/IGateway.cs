using System.Text.Json;

namespace TelegramTrader.Connectors.Gateway;

/// <summary>The gateway as its users see it: calls, notifications, and starts after which everything has to be set up again.</summary>
public interface IGateway
{
    GatewayHealth Health { get; }

    /// <summary>
    /// Raised in order, one at a time, away from the caller's threads. A handler must be quick: while it works, notifications wait, and more than
    /// <see cref="GatewayOptions.MostWaitingNotifications"/> are dropped.
    /// </summary>
    event Action<GatewayNotification>? Notified;

    event Action<GatewayHealth>? HealthChanged;

    /// <summary>
    /// Has the action run after each start of the gateway, which then knows nothing of before. Its token ends with that run of the gateway. Actions run
    /// side by side. What they throw is logged.
    /// </summary>
    void AfterEachStart(Func<CancellationToken, Task> action);

    /// <summary>Calls a method with named parameters (an object whose properties are written in camel case). Trouble is a value; only cancelling throws.</summary>
    /// <typeparam name="T">What the result is read as; a result that does not fit is <see cref="GatewayAnswer{T}.Refused"/>.</typeparam>
    Task<GatewayAnswer<T>> CallAsync<T>(string method, object? parameters, TimeSpan timeout, CancellationToken cancellationToken);
}

/// <param name="Parameters">Valid for as long as it is kept.</param>
public sealed record GatewayNotification(string Method, JsonElement Parameters)
{
    /// <summary>Notifications were dropped because too many waited: whoever counts on them must look for what they said.</summary>
    public const string NotificationsLost = "gateway.notificationsLost";
}
