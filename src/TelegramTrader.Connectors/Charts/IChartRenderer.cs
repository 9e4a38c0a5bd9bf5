namespace TelegramTrader.Connectors.Charts;

/// <summary>Makes pictures of charts. What waits for it must never be an order.</summary>
public interface IChartRenderer
{
    /// <summary>A PNG, <see cref="ChartPicture.PixelWidth"/> pixels wide for a chart of <see cref="Chart.PhoneWidth"/>. Trouble is a value; only cancelling throws.</summary>
    Task<ChartPicture> RenderAsync(Chart chart, CancellationToken cancellation);
}
