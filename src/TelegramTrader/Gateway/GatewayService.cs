using Microsoft.Extensions.Hosting;

namespace TelegramTrader.Gateway;

/// <summary>Keeps the gateway running for as long as the bot runs. Started after everybody who wants to hear of it was made.</summary>
public sealed class GatewayService(GatewayProcess gateway) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        await gateway.RunAsync(stoppingToken);
    }
}
