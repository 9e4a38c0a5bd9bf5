using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Settings;

namespace TelegramTrader.Channels;

/// <summary>The gateway and the account in it. Made before the gateway is started, because both want to hear of its starts.</summary>
public sealed class ChannelParts
{
    /// <param name="gateway">Another gateway than the Node.js process; null for that.</param>
    public ChannelParts(ChannelAccountSettings settings, KeyValueStore values, TimeProvider time, ILoggerFactory logs, (IGateway Gateway, Func<CancellationToken, Task> RunAsync)? gateway = null)
    {
        var keyFile = settings.KeyFile.Length > 0 ? Path.GetFullPath(settings.KeyFile) : SecretKey.DefaultFile;
        var secrets = new SecretStore(values, () => SecretKey.Take(Environment.GetEnvironmentVariable(SecretKey.Variable), keyFile));
        var supervisor = new GatewaySupervisor(new GatewayOptions(), time, Random.Shared.NextDouble, logs.CreateLogger<GatewaySupervisor>());
        (Gateway, RunGatewayAsync) = (gateway?.Gateway ?? supervisor, gateway?.RunAsync ?? supervisor.RunAsync);
        Account = new TelegramAccount(Gateway, new TelegramApplication(settings.ApiId, settings.ApiHash), new StoredSession(secrets), time, logs.CreateLogger<TelegramAccount>());
        Channels = new ChannelGateway(Gateway, Account, logs.CreateLogger<ChannelGateway>());
    }

    public IGateway Gateway { get; }

    /// <summary>Keeps the gateway running until cancelled. To be called once.</summary>
    public Func<CancellationToken, Task> RunGatewayAsync { get; }

    public TelegramAccount Account { get; }

    public ChannelGateway Channels { get; }
}
