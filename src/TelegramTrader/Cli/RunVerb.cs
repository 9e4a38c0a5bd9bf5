using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;
using TelegramTrader.Chat;
using TelegramTrader.Settings;
using TelegramTrader.Trading;

namespace TelegramTrader.Cli;

/// <summary>The bot: as the settings say, until SIGTERM, Ctrl-C or /quit.</summary>
internal static class RunVerb
{
    public static Task<int> RunAsync(string? settingsFile, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var screen = new TerminalScreen(output, useColours: !Console.IsOutputRedirected, echo: Console.IsInputRedirected);
        return BotRun.RunAsync(() => SettingsLoader.Load(settingsFile), null, screen, errors, LogEventLevel.Information, WhileRunningAsync, cancellation);

        async Task<bool> WhileRunningAsync(IServiceProvider services, CancellationToken ending)
        {
            var settings = services.GetRequiredService<AppSettings>();
            screen.Line($"{AppVersion.Text}. {Modes.Label(settings.Mode)}. {(settings.Telegram.BotToken is null ? "Telegram is not set up" : "Telegram is served")}; /help lists the commands, /quit ends.");
            var terminal = new Terminal(services.GetRequiredService<ChatDesk>(), screen, input, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<PictureFolder>());
            // The console's reader blocks its thread, whatever its name promises.
            var reading = Task.Run(() => terminal.RunAsync(ending), ending);
            if (settings.Market.ExitAtEnd)
            {
                await services.GetRequiredService<EngineLoop>().RecordingEnded;
                return true;
            }

            // The end of the input is no reason to end: under a service manager there never was one.
            return await reading;
        }
    }
}
