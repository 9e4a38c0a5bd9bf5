using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Gateway;

/// <summary>The gateway and what keeps it running until it is cancelled.</summary>
public sealed record GatewayProcess(IGateway Gateway, Func<CancellationToken, Task> RunAsync)
{
    /// <summary>The Node.js process.</summary>
    public static GatewayProcess Node(TimeProvider time, ILogger<GatewaySupervisor> log)
    {
        var supervisor = new GatewaySupervisor(new GatewayOptions(), time, Random.Shared.NextDouble, log);
        return new GatewayProcess(supervisor, supervisor.RunAsync);
    }
}
