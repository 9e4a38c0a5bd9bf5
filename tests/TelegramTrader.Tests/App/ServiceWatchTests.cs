using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Tests.Support;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

public sealed class ServiceWatchTests
{
    /// <summary>A time-out inside a part is an <see cref="OperationCanceledException"/> as well, and nobody told it to end.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Part_Fails_TheProgramEndsForAReasonWithoutSecrets(bool byTimeOut)
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var host = Build(new FailingPart(byTimeOut), reason =>
        {
            ended.TrySetResult(reason);
            return Task.CompletedTask;
        });
        await host.StartAsync();

        var reason = await ended.Task.WaitAsync(RunningBot.Patience);

        Assert.DoesNotContain("secret", reason, StringComparison.OrdinalIgnoreCase);
        await host.StopAsync();
    }

    [Fact]
    public async Task Parts_EndWhenTheyAreTold_NothingIsSaid()
    {
        var said = new List<string>();
        using var host = Build(new EndlessPart(), reason =>
        {
            said.Add(reason);
            return Task.CompletedTask;
        });
        await host.StartAsync();
        await host.StopAsync();
        Assert.Empty(said);
    }

    [Fact]
    public async Task Bot_APartOfItFails_TheProgramEndsWithAWord()
    {
        await using var server = await RunningBot.ServerAsync();
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        var ending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bot.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(ending.SetResult);
        var watch = Assert.Single(bot.Services.GetServices<IHostedService>().OfType<ServiceWatch>());

        await watch.WatchAsync(await FailedAsync());

        await ending.Task.WaitAsync(RunningBot.Patience);
        Assert.Equal(ExitCodes.Failed, bot.Services.GetRequiredService<ProgramEnd>().ExitCode);
        Assert.Contains(server.Messages(RunningBot.Admin), message => message.Text.Contains("ENDED by itself", StringComparison.Ordinal));
    }

    private static IHost Build(BackgroundService part, Func<string, Task> end)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.Configure<HostOptions>(options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        builder.Services.AddHostedService(provider => new ServiceWatch(provider, end, NullLogger<ServiceWatch>.Instance));
        builder.Services.AddHostedService(_ => part);
        return builder.Build();
    }

    private static async Task<BackgroundService> FailedAsync()
    {
        var part = new FailingPart(byTimeOut: false);
        await part.StartAsync(CancellationToken.None);
        return part;
    }

    private sealed class FailingPart(bool byTimeOut) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            throw byTimeOut ? new TaskCanceledException("the secret is abc") : new InvalidOperationException("the secret is abc");
        }
    }

    private sealed class EndlessPart : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken);
    }
}
