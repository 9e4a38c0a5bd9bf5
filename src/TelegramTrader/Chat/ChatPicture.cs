using TelegramTrader.Connectors.Charts;

namespace TelegramTrader.Chat;

/// <summary>A picture that belongs to an answer.</summary>
/// <param name="Title">One line, for who doesn't see it.</param>
/// <param name="MakeAsync">Collects what the chart shows, which may need the database or an exchange; only called by a front that can show pictures.</param>
public sealed record ChatPicture(string Title, Func<CancellationToken, Task<ChatChart>> MakeAsync)
{
    public static ChatPicture Of(Chart chart) => new(chart.Title, _ => Task.FromResult<ChatChart>(new ChatChart.Ready(chart)));
}

/// <summary>What became of making a chart: one of a closed set.</summary>
public abstract record ChatChart
{
    private ChatChart()
    {
    }

    public sealed record Ready(Chart Chart) : ChatChart;

    /// <param name="Reason">One sentence.</param>
    public sealed record Missing(string Reason) : ChatChart;
}
