using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Storage.Support;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Charts;

/// <summary>The real process that draws, and processes that don't do what they should.</summary>
public sealed class GatewayChartRendererTests : IDisposable
{
    private const string Reader = """
        import { createInterface } from 'node:readline';
        import { existsSync, writeFileSync } from 'node:fs';
        const answer = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\n');
        process.stdin.on('end', () => process.exit(0));
        createInterface({ input: process.stdin }).on('line', (line) => {
          const { id, method } = JSON.parse(line);
          if (method === 'ping') answer(id, { version: '1', node: process.version });
          else render(id);
        });

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NodeFact(packages: true)]
    public async Task EveryChart_InBothThemes_BecomesAPictureWithSomethingOnIt()
    {
        await using var renderer = Renderer();
        foreach (var name in SomeCharts.Names)
        {
            var pictures = new List<byte[]>();
            foreach (var theme in Enum.GetValues<ChartTheme>())
            {
                var chart = SomeCharts.Of(name, theme);
                var drawn = Assert.IsType<ChartPicture.Drawn>(await RenderAsync(renderer, chart));
                Assert.Equal((1080, (int)Math.Round(chart.Height * 2.7)), PngPicture.SizeOf(drawn.Png.Span));
                Assert.Equal((drawn.Width, drawn.Height), PngPicture.SizeOf(drawn.Png.Span));
                Assert.InRange(PngPicture.Colours(drawn.Png.Span), 50, int.MaxValue);
                pictures.Add(drawn.Png.ToArray());
            }

            Assert.NotEqual(pictures[0], pictures[1]);
        }
    }

    [NodeFact(packages: true)]
    public async Task Rendering_ManyAtOnce_AreAllDrawnAndTooManyAreToldToWait()
    {
        await using var renderer = Renderer(options => options with { MostWaiting = 4 });
        var chart = SomeCharts.Of("months");
        var pictures = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RenderAsync(renderer, chart)));
        Assert.Equal(4, pictures.Count(picture => picture is ChartPicture.Drawn));
        Assert.All(pictures.OfType<ChartPicture.Failed>(), failed => Assert.Equal("4 pictures wait already; ask again in a moment.", failed.Reason));
    }

    [NodeFact(packages: true)]
    public async Task Gateway_WhileAPictureHangs_AnswersItsOwnCalls()
    {
        await using var stage = new GatewayStage(null);
        stage.Start();
        await stage.HealthAsync<GatewayHealth.Running>();
        await using var renderer = Renderer(options => options with { RenderTimeout = TimeSpan.FromSeconds(3) }, Script("const render = () => { for (;;); };"));
        var picture = RenderAsync(renderer, SomeCharts.Of("equity"));

        for (var call = 0; call < 5; call++)
            Assert.Equal(GatewayRefusalKind.NotStarted, Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await stage.CallAsync("channels.resolve", new { Reference = "@signals" })).Refusal.Kind);

        Assert.False(picture.IsCompleted);
        Assert.Equal("The picture was not drawn within 3 s and was given up.", Assert.IsType<ChartPicture.Failed>(await picture).Reason);
    }

    [NodeFact]
    public async Task Process_KilledUnderAPicture_IsStartedAgainOnce()
    {
        var flag = Path.Combine(_folder.Path, "died").Replace('\\', '/');
        var once = Script($"const render = (id) => {{ if (!existsSync('{flag}')) {{ writeFileSync('{flag}', ''); process.kill(process.pid, 'SIGKILL'); }} else answer(id, {{ png: 'AAAA', width: 7, height: 8 }}); }};");
        await using var renderer = Renderer(null, once);
        Assert.Equal(7, Assert.IsType<ChartPicture.Drawn>(await RenderAsync(renderer, SomeCharts.Of("equity"))).Width);
    }

    [NodeFact]
    public async Task Process_ThatDiesAgainAndAgain_IsTold()
    {
        await using var renderer = Renderer(null, Script("const render = () => process.exit(3);"));
        Assert.Contains("ended twice", Assert.IsType<ChartPicture.Failed>(await RenderAsync(renderer, SomeCharts.Of("equity"))).Reason, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Process_WithoutPicturesForAWhile_EndsAndIsStartedForTheNext()
    {
        var file = Path.Combine(_folder.Path, "process").Replace('\\', '/');
        var script = Script($"const render = (id) => {{ writeFileSync('{file}', String(process.pid)); answer(id, {{ png: 'AAAA', width: 1, height: 1 }}); }};");
        await using var renderer = Renderer(options => options with { IdleTimeout = TimeSpan.FromMilliseconds(1) }, script);
        for (var round = 0; round < 2; round++)
        {
            Assert.IsType<ChartPicture.Drawn>(await RenderAsync(renderer, SomeCharts.Of("equity")));
            var id = int.Parse(await File.ReadAllTextAsync(file), System.Globalization.CultureInfo.InvariantCulture);
            await EndOfAsync(id);
        }
    }

    private static async Task EndOfAsync(int processId)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(processId);
            await process.WaitForExitAsync().WaitAsync(GatewayStage.Patience);
        }
        catch (ArgumentException)
        {
            // It has ended already.
            Assert.False(GatewayStage.IsRunning(processId));
        }
    }

    [NodeFact]
    public async Task Process_ThatDoesNotStart_IsUnavailableWithItsLastWords()
    {
        var path = Path.Combine(_folder.Path, "broken.mjs");
        await File.WriteAllTextAsync(path, "throw new Error('the painter has no part for this machine');");
        await using var renderer = Renderer(null, path);
        Assert.Contains("no part for this machine", Assert.IsType<ChartPicture.Unavailable>(await RenderAsync(renderer, SomeCharts.Of("equity"))).Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutNode_APicture_IsUnavailableAndSaysWhatToDo()
    {
        var options = new GatewayChartOptions();
        options = options with { Gateway = options.Gateway with { NodePath = Path.Combine(_folder.Path, "no-node") } };
        await using var renderer = new GatewayChartRenderer(options, TimeProvider.System, NullLogger<GatewaySupervisor>.Instance);
        var unavailable = Assert.IsType<ChartPicture.Unavailable>(await RenderAsync(renderer, SomeCharts.Of("equity")));
        Assert.StartsWith("Node.js, which draws the pictures, was not found.", unavailable.Reason, StringComparison.Ordinal);
        Assert.Contains("Install Node.js 20 or later", unavailable.WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_TooLarge_IsRefusedBeforeAnythingIsStarted()
    {
        await using var renderer = new GatewayChartRenderer(new GatewayChartOptions(), () => throw new InvalidOperationException("Nothing was to be started."), TimeProvider.System, NullLogger<GatewaySupervisor>.Instance);
        var refused = Assert.IsType<ChartPicture.Refused>(await RenderAsync(renderer, new Chart("large", "Large", new JsonObject { ["text"] = new string('x', 1_000_001) }, 400, 400)));
        Assert.Equal("The chart 'Large' has 1000012 characters of data; the limit is 1000000.", refused.Reason);
    }

    [NodeFact(packages: true)]
    public async Task Surface_TooLarge_IsRefusedByName()
    {
        await using var renderer = Renderer();
        var refused = Assert.IsType<ChartPicture.Refused>(await RenderAsync(renderer, new Chart("high", "High", new JsonObject(), 400, 9_000)));
        Assert.Equal("'height' must be a whole number from 50 to 2000.", refused.Reason);
    }

    [NodeFact]
    public async Task Caller_WhoGoesAway_LeavesNothingDrawing()
    {
        await using var renderer = Renderer(null, Script("const render = () => { for (;;); };"));
        using var leaving = new CancellationTokenSource();
        var picture = renderer.RenderAsync(SomeCharts.Of("equity"), leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => picture.WaitAsync(GatewayStage.Patience));
    }

    private static Task<ChartPicture> RenderAsync(GatewayChartRenderer renderer, Chart chart) => renderer.RenderAsync(chart, CancellationToken.None).WaitAsync(GatewayStage.Patience);

    private static GatewayChartRenderer Renderer(Func<GatewayChartOptions, GatewayChartOptions>? change = null, string? script = null)
    {
        var options = new GatewayChartOptions { RenderTimeout = TimeSpan.FromSeconds(60) };
        options = change?.Invoke(options) ?? options;
        return new GatewayChartRenderer(
            options,
            () => GatewayInstallation.Find(options.Gateway) switch
            {
                GatewayInstallation.Ready ready when script is not null => ready with { Main = script },
                GatewayInstallation.Incomplete when script is not null => new GatewayInstallation.Ready("node", script),
                var other => other,
            },
            TimeProvider.System,
            NullLogger<GatewaySupervisor>.Instance);
    }

    private string Script(string render)
    {
        var path = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N") + ".mjs");
        File.WriteAllText(path, Reader + render);
        return path;
    }
}
