using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Cli.Backtests;

/// <summary>Where a backtest's picture is wanted: <c>--chart FILE.png</c> and <c>--theme</c>.</summary>
internal sealed record ChartFile(string Path, ChartTheme Theme)
{
    public static Option<string?> PathOption()
    {
        var path = new Option<string?>("--chart") { Description = "A picture of the result, as PNG.", HelpName = "FILE.png" };
        path.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } given && !given.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
                result.AddError($"The chart must be a file whose name ends in .png, but is '{given}'.");
        });
        return path;
    }

    public static Option<ChartTheme> ThemeOption() => new("--theme")
    {
        Description = "The background of the picture: dark or light.",
        HelpName = "dark|light",
        DefaultValueFactory = _ => ChartTheme.Dark,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (text is "dark" or "light")
                return text == "dark" ? ChartTheme.Dark : ChartTheme.Light;
            result.AddError($"The theme must be dark or light, but is '{text}'.");
            return ChartTheme.Dark;
        },
    };

    /// <summary>Null where no picture was asked for.</summary>
    public static ChartFile? Of(string? path, ChartTheme theme) => path is null ? null : new ChartFile(path, theme);

    /// <summary>As the other; without a chart it says what is missing.</summary>
    public async Task<int> SaveAsync(Func<ChartStyle, Chart?> make, string missing, TextWriter errors, CancellationToken cancellation)
    {
        if (make(ChartStyle.Of(Theme)) is { } chart)
            return await SaveAsync(_ => chart, errors, cancellation);
        await errors.WriteLineAsync($"There is no chart: {missing}.");
        return ExitCodes.Failed;
    }

    /// <summary>Draws and saves; says on the error stream where it is, or why there is none.</summary>
    /// <returns>An exit code.</returns>
    public async Task<int> SaveAsync(Func<ChartStyle, Chart> make, TextWriter errors, CancellationToken cancellation)
    {
        await using var renderer = new GatewayChartRenderer(new GatewayChartOptions(), TimeProvider.System, NullLogger<GatewaySupervisor>.Instance);
        var picture = await renderer.RenderAsync(make(ChartStyle.Of(Theme)), cancellation);
        if (picture is not ChartPicture.Drawn drawn)
        {
            await errors.WriteLineAsync($"There is no chart: {picture.Trouble}");
            return ExitCodes.Failed;
        }

        try
        {
            await File.WriteAllBytesAsync(Path, drawn.Png, cancellation);
            await errors.WriteLineAsync($"The chart is in {Path}");
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"There is no chart: it could not be written: {exception.Message}");
            return ExitCodes.Failed;
        }
    }
}
