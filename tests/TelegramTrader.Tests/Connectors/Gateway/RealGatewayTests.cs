using System.Diagnostics;
using System.Text.Json;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Connectors.Gateway;

/// <summary>The gateway itself: its own tests, and that supervisor and gateway understand each other.</summary>
public sealed class RealGatewayTests
{
    [NodeFact(packages: true)]
    public async Task OwnTests_Pass()
    {
        var (exitCode, output) = await RunNodeAsync(ProjectFolder.Path("src", "gateway"), "--test", "--test-reporter=spec");
        Assert.True(exitCode == 0, output);
        // A run that found no tests would pass, too.
        Assert.Matches(@"(?m)tests [1-9]\d+", output);
    }

    [NodeFact(packages: true)]
    public async Task Ping_AndCleanEnd()
    {
        await using var stage = new GatewayStage(null);
        stage.Start();
        var running = await stage.HealthAsync<GatewayHealth.Running>();
        Assert.StartsWith("v", running.NodeVersion, StringComparison.Ordinal);
        Assert.Equal(
            GatewayRefusalKind.NotStarted,
            Assert.IsType<GatewayAnswer<JsonElement>.Refused>(await stage.CallAsync("channels.resolve", new { Reference = "@signals" })).Refusal.Kind);
        await stage.CancelAsync();
        await stage.EndedAsync();
        Assert.False(GatewayStage.IsRunning(running.ProcessId));
    }

    [NodeFact(packages: true)]
    public async Task ClosedInput_EndsItAtOnceEvenWhileAnAccountIsStarted()
    {
        var installation = Assert.IsType<GatewayInstallation.Ready>(GatewayStage.Installation(null));
        using var process = Process.Start(new ProcessStartInfo(installation.Node, [installation.Main]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"channels.start","params":{"apiId":1,"apiHash":"0123456789abcdef0123456789abcdef","session":null}}""");
        await process.StandardInput.FlushAsync();
        Assert.Contains("loginNeeded", await process.StandardOutput.ReadLineAsync().WaitAsync(GatewayStage.Patience), StringComparison.Ordinal);
        // What the system does when the program that holds the pipe dies.
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(GatewayStage.Patience);
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task<(int ExitCode, string Output)> RunNodeAsync(string folder, params string[] arguments)
    {
        var installation = Assert.IsType<GatewayInstallation.Ready>(GatewayStage.Installation(null));
        using var process = Process.Start(new ProcessStartInfo(installation.Node, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return (process.ExitCode, $"{await output}\n{await errors}");
    }
}
