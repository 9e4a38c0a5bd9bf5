using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Benchmarks;

/// <summary>How long a chart takes: making the option of two million points here, and drawing it in the process for that. The baseline is a trial call to the same process.</summary>
internal static class ChartSpeed
{
    private const int Points = 2_198_375;

    public static async Task<int> RunAsync(int rounds)
    {
        var start = new Instant(1_420_070_400_000);
        var points = new EquityPoint[Points];
        for (var index = 0; index < Points; index++)
            points[index] = new EquityPoint(start + TimeSpan.FromMinutes(index), 10_000m + index % 7_919 + index / 100m);
        var input = new EquityInput { Heading = new ChartHeading("Equity", "BACKTEST", "a benchmark", []), Points = points, Asset = "USDT", Zone = TimeZoneInfo.Utc };
        var style = ChartStyle.Of(ChartTheme.Dark);
        var time = TimeProvider.System;
        await using var renderer = new GatewayChartRenderer(new GatewayChartOptions(), time, NullLogger<GatewaySupervisor>.Instance);

        var began = time.GetTimestamp();
        var chart = EquityChart.Of(input, style);
        var first = await renderer.RenderAsync(chart, CancellationToken.None);
        if (first is not ChartPicture.Drawn drawn)
        {
            Console.WriteLine(first.Trouble);
            return 1;
        }

        Say($"the first picture, the process started for it: {time.GetElapsedTime(began).TotalMilliseconds:0} ms; {drawn.Width} × {drawn.Height}, {drawn.Png.Length / 1000} kB, option {chart.Option.ToJsonString().Length / 1000} kB");
        Say($"option of {Points} points, median of {rounds}: {await MedianAsync(() => Task.FromResult<object>(EquityChart.Of(input, style))):0.0} ms");
        Say($"picture of it, median of {rounds}: {await MedianAsync(async () => await renderer.RenderAsync(chart, CancellationToken.None)):0.0} ms");
        // Refused before anything is drawn: the way there and back alone.
        var refused = chart with { Height = 5_000 };
        Say($"the way to the process and back with the same option, median of {rounds}: {await MedianAsync(async () => await renderer.RenderAsync(refused, CancellationToken.None)):0.0} ms");
        return 0;

        async Task<double> MedianAsync(Func<Task<object>> act)
        {
            var taken = new double[rounds];
            for (var round = 0; round < rounds; round++)
            {
                var from = time.GetTimestamp();
                await act();
                taken[round] = time.GetElapsedTime(from).TotalMilliseconds;
            }

            return taken.Order().ElementAt(rounds / 2);
        }
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
