using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Connectors.Charts;

public sealed record GatewayChartOptions
{
    /// <summary>The process that draws; it is started for the first picture.</summary>
    public GatewayOptions Gateway { get; init; } = new()
    {
        Main = "charts/main.js",
        StartTimeout = TimeSpan.FromSeconds(20),
        EndTimeout = TimeSpan.FromSeconds(1),
        FailuresUntilFailed = 1,
        // The longest picture that Telegram takes, in base64.
        LongestLine = 16 * 1024 * 1024,
    };

    /// <summary>How long one picture may take; then its process is ended.</summary>
    public TimeSpan RenderTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Without pictures for so long, the process ends: it needs 60 MB, and after many pictures 220.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Charts that wait for the one that is drawn. More are refused.</summary>
    public int MostWaiting { get; init; } = 20;
}
