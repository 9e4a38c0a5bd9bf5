using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Settings;
using TelegramTrader.Trading;

namespace TelegramTrader.Cli;

/// <summary>
/// The product at its main job with no account of any kind: bundled recorded prices and posts through the real engine. Begins anew each time, in a folder of its own.
/// Where Telegram is set up, it is served at the same time.
/// </summary>
internal static class DemoVerb
{
    /// <summary>Ten recorded minutes a second.</summary>
    public const decimal UsualSpeed = 600m;

    public static Task<int> RunAsync(string? settingsFile, decimal speed, bool exit, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var started = TimeProvider.System.GetTimestamp();
        var isPiped = Console.IsInputRedirected;
        var screen = new TerminalScreen(output, useColours: !Console.IsOutputRedirected, echo: isPiped);
        screen.Line($"{AppVersion.Text} – demo");
        screen.Line("Real recorded prices (11 to 15 May 2025, five perpetuals), invented channels, the real engine, a simulated exchange. Everything is PAPER; no account is used.");
        screen.Line(speed == 0m ? "As fast as it goes." : $"{speed.ToString("0.##", CultureInfo.InvariantCulture)} recorded seconds a second. Type a command, for example /status, /positions or /help; /quit ends.");
        screen.Line("");
        return BotRun.RunAsync(Load, Clear, screen, errors, LogEventLevel.Error, WhileRunningAsync, cancellation);

        AppSettings Load()
        {
            var settings = SettingsLoader.Load(settingsFile);
            return settings with
            {
                Mode = RunMode.Paper,
                Storage = settings.Storage with { Directory = Path.Combine(settings.Storage.Directory, "demo") },
                Market = new MarketSettings { Source = MarketSource.Recorded, Speed = speed },
                // What is sent there is meant for the real desk, and would be gone.
                FileDrop = new FileDropSettings(),
                Webhooks = new WebhookSettings(),
            };
        }

        async Task<bool> WhileRunningAsync(IServiceProvider services, CancellationToken ending)
        {
            var loop = services.GetRequiredService<EngineLoop>();
            var terminal = new Terminal(services.GetRequiredService<ChatDesk>(), screen, input, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<PictureFolder>());
            // At full speed a piped command would be answered at some chance moment; it is about the whole run.
            if (isPiped && speed == 0m)
                await loop.RecordingEnded;
            // The console's reader blocks its thread, whatever its name promises.
            var reading = Task.Run(() => terminal.RunAsync(ending), ending);
            if (!exit)
            {
                _ = SummariseAtEndAsync();
                var hasLeft = await reading;
                await loop.RecordingEnded;
                // Whoever pipes a question in wants to read its answer.
                if (isPiped && !hasLeft)
                    await services.GetRequiredService<JobLines>().AllToldAsync(ending);
                // Whoever serves Telegram goes on; without it there is nobody left to talk to.
                return hasLeft || services.GetRequiredService<AppSettings>().Telegram.BotToken is null;
            }

            await loop.RecordingEnded;
            if (isPiped)
            {
                await reading;
                await services.GetRequiredService<JobLines>().AllToldAsync(ending);
            }

            await DemoSummary.WriteAsync(services, screen, TimeProvider.System.GetElapsedTime(started), ending);
            return true;

            async Task SummariseAtEndAsync()
            {
                await loop.RecordingEnded;
                await DemoSummary.WriteAsync(services, screen, TimeProvider.System.GetElapsedTime(started), ending);
            }
        }
    }

    /// <summary>Removes what an earlier demo left in its own folder, and nothing else. Another demo that is running there is left alone: it holds the lock.</summary>
    private static void Clear(AppSettings settings) => DataFolder.Clear(settings.Storage.Directory);
}
