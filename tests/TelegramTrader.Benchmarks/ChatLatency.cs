using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Benchmarks;

/// <summary>
/// How long a person waits for the answer to <c>/status</c> in Telegram (a simulated Bot API server in this process, so its work counts too): while the bot has nothing else to do, and while an
/// optimisation that was asked for in chat keeps as many threads busy as are given. The bot without a job is the baseline.
/// </summary>
internal static class ChatLatency
{
    private const string Long = "/optimize ema-cross ETH/USDT 1m fast=1..100:1 slow=1..100:1 windows=100 all";

    public static async Task<int> RunAsync(int count)
    {
        var idle = await MeasureAsync(count, workers: null);
        Report("no job", idle, idle);
        foreach (var workers in Enumerable.Range(1, Environment.ProcessorCount))
            Report($"optimize on {workers} of {Environment.ProcessorCount} cores", await MeasureAsync(count, workers), idle);
        return 0;
    }

    /// <param name="workers">Threads of the job; null: no job.</param>
    private static async Task<double[]> MeasureAsync(int count, int? workers)
    {
        await using var server = await RunningBot.ServerAsync();
        var settings = RunningBot.Settings(server, RunningBot.DemoRecording);
        await using var bot = await RunningBot.StartAsync(settings with { Jobs = new JobSettings { Workers = workers ?? 1 } });
        await bot.FinishAsync();
        await AskAsync(server);
        if (workers is not null)
        {
            server.Write(RunningBot.Trader, RunningBot.Trader, Long);
            await server.WaitForMessageAsync(message => message.Text.StartsWith("⚙ Job 1", StringComparison.Ordinal), RunningBot.Patience);
        }

        var times = new double[count];
        for (var index = 0; index < count; index++)
            times[index] = await AskAsync(server);
        if (workers is not null && bot.Services.GetRequiredService<JobStore>().Find(1)!.State != JobState.Running)
            throw new InvalidOperationException("The job ended before the measurement did: there were times without load among them.");
        return times;
    }

    private static async Task<double> AskAsync(BotApiServer server)
    {
        var from = Stopwatch.GetTimestamp();
        var asked = server.Write(RunningBot.Admin, RunningBot.Admin, "/status");
        await server.WaitForMessageAsync(
            message => message.ChatId == RunningBot.Admin && message.UserId is null && message.MessageId > asked.MessageId && message.Text.StartsWith("PAPER · ", StringComparison.Ordinal), RunningBot.Patience);
        return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
    }

    private static void Report(string name, double[] times, double[] baseline)
    {
        double At(double[] values, double share) => values.Order().ElementAt((int)(share * (values.Length - 1)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {times.Length} answers, median {At(times, 0.5):0.0} ms, 99th percentile {At(times, 0.99):0.0} ms, slowest {times.Max():0.0} ms, median is {At(times, 0.5) / At(baseline, 0.5):0.0} x that without a job"));
    }
}
