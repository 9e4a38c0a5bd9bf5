using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog.Events;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Logging;
using TelegramTrader.Settings;
using TelegramTrader.Trading;

namespace TelegramTrader.Cli;

/// <summary>Runs the bot until it is told to end, and turns what stops it from starting into one clear line and an exit code.</summary>
internal static class BotRun
{
    /// <param name="whileRunning">What goes on at the terminal; the bot ends when it returns true, and otherwise when it is told to.</param>
    public static async Task<int> RunAsync(
        Func<AppSettings> load, Action<AppSettings>? prepare, TerminalScreen? events, TextWriter errors, LogEventLevel consoleLevel,
        Func<IServiceProvider, CancellationToken, Task<bool>> whileRunning, CancellationToken cancellation)
    {
        try
        {
            var settings = load();
            var scrubber = new SecretScrubber(Secrets(settings));
            await using var logger = LogSetup.Create(settings.Logging, scrubber, consoleLevel);
            prepare?.Invoke(settings);
            using var folder = DataFolder.Open(settings.Storage.Directory);
            using var host = BotHost.Build(settings, folder, events, logger);
            using var parts = new PartsToClose(host.Services);
            await HostAsync(host, whileRunning, cancellation);
            return host.Services.GetRequiredService<ProgramEnd>().ExitCode;
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await errors.WriteLineAsync("Settings: " + problem);
            return ExitCodes.BadArguments;
        }
        catch (Exception exception) when (exception is DataFolderException or RecordingException or SecretStoreException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync($"A file can't be used: {exception.Message}");
            return ExitCodes.Failed;
        }
    }

    private static async Task HostAsync(IHost host, Func<IServiceProvider, CancellationToken, Task<bool>> whileRunning, CancellationToken cancellation)
    {
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
        await host.StartAsync(cancellation);
        var terminal = TerminalAsync();
        await host.WaitForShutdownAsync(cancellation);
        await terminal;

        async Task TerminalAsync()
        {
            try
            {
                // A console read can't be cancelled; it must not keep the bot from ending.
                if (await whileRunning(host.Services, ending.Token).WaitAsync(ending.Token))
                    lifetime.StopApplication();
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                // The bot is ending; so does the terminal.
            }
        }
    }

    private static IEnumerable<string> Secrets(AppSettings settings)
    {
        if (settings.Telegram.BotToken is { } token)
        {
            yield return token.Reveal();
            yield return token.Reveal()[(token.Reveal().IndexOf(':', StringComparison.Ordinal) + 1)..];
        }

        if (settings.Account.ApiHash.Length > 0)
            yield return settings.Account.ApiHash;
        foreach (var source in settings.Webhooks.Sources)
            yield return source.Secret;
        if (settings.Telegram.Proxy is { } proxy && Uri.TryCreate(proxy, UriKind.Absolute, out var address) && address.UserInfo.Contains(':'))
            yield return address.UserInfo.Split(':', 2)[1];
    }

    /// <summary>What the desk opened, closed after the host.</summary>
    private sealed class PartsToClose(IServiceProvider services) : IDisposable
    {
        private readonly IDisposable _closing = services.GetRequiredService<DeskParts>().Closing;

        public void Dispose() => _closing.Dispose();
    }
}
