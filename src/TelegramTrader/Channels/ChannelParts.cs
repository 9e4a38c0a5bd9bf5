using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Settings;

namespace TelegramTrader.Channels;

/// <summary>The account that reads channels. Made before the gateway is started, because it wants to hear of its starts.</summary>
public sealed class ChannelParts
{
    public ChannelParts(ChannelAccountSettings settings, IGateway gateway, SecretStore secrets, TimeProvider time, ILoggerFactory logs)
    {
        Gateway = gateway;
        Account = new TelegramAccount(Gateway, new TelegramApplication(settings.ApiId, settings.ApiHash), new StoredSession(secrets), time, logs.CreateLogger<TelegramAccount>());
        Channels = new ChannelGateway(Gateway, Account, logs.CreateLogger<ChannelGateway>());
    }

    public IGateway Gateway { get; }

    public TelegramAccount Account { get; }

    public ChannelGateway Channels { get; }
}
