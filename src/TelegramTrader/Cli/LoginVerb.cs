using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TelegramTrader.Channels;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Secrets;
using TelegramTrader.Settings;

namespace TelegramTrader.Cli;

/// <summary>
/// <c>channels login</c>: phone number, code and, where there is one, the password of the second factor, asked for at the terminal. The session is stored encrypted.
/// The bot must not be running on the same data folder.
/// </summary>
internal static class LoginVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<int> RunAsync(string? settingsFile, TextReader input, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        try
        {
            var settings = SettingsLoader.Load(settingsFile);
            if (!settings.Account.IsSet)
            {
                await errors.WriteLineAsync("Channels:ApiId and Channels:ApiHash are not set. Get both at my.telegram.org and put them into the settings or the environment.");
                return ExitCodes.BadArguments;
            }

            using var folder = DataFolder.Open(settings.Storage.Directory);
            using var logs = NullLoggerFactory.Instance;
            var gateway = new GatewaySupervisor(new GatewayOptions(), time, Random.Shared.NextDouble, logs.CreateLogger<GatewaySupervisor>());
            var parts = new ChannelParts(settings.Account, gateway, settings.Account.Secrets(new KeyValueStore(folder)), time, logs);
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var running = gateway.RunAsync(ending.Token);
            var code = await LogInAsync(parts, input, time, output, errors, cancellation);
            await ending.CancelAsync();
            await running;
            return code;
        }
        catch (SettingsException exception)
        {
            foreach (var problem in exception.Problems)
                await errors.WriteLineAsync("Settings: " + problem);
            return ExitCodes.BadArguments;
        }
        catch (Exception exception) when (exception is DataFolderException or SecretStoreException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(exception.Message);
            return ExitCodes.Failed;
        }
    }

    private static async Task<int> LogInAsync(ChannelParts parts, TextReader input, TimeProvider time, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        switch (await SettledAsync(parts, time, cancellation))
        {
            case AccountState.Ready ready:
                await output.WriteLineAsync($"Logged in already, as {ready.Account.Name}.");
                return ExitCodes.Done;
            case AccountState.Unreachable unreachable:
                await errors.WriteLineAsync(unreachable.Reason);
                return ExitCodes.Failed;
            case AccountState.Waiting:
                await errors.WriteLineAsync(parts.Gateway.Health.ToString());
                return ExitCodes.Failed;
        }

        var next = NextLoginStep.Phone;
        while (next != NextLoginStep.Nothing)
        {
            await output.WriteAsync(next switch { NextLoginStep.Phone => "Phone number with country code: ", NextLoginStep.Code => "Code: ", _ => "Password of the second factor: " });
            await output.FlushAsync(cancellation);
            if ((next == NextLoginStep.Password ? HiddenInput.Read(input) : await input.ReadLineAsync(cancellation))?.Trim() is not { Length: > 0 } given)
            {
                await errors.WriteLineAsync("Nothing was entered; nothing was changed.");
                return ExitCodes.Failed;
            }

            var answer = await (next switch
            {
                NextLoginStep.Phone => parts.Account.GivePhoneAsync(given, cancellation),
                NextLoginStep.Code => parts.Account.GiveCodeAsync(given, cancellation),
                _ => parts.Account.GivePasswordAsync(given, cancellation),
            });
            switch (answer)
            {
                case GatewayAnswer<LoginStep>.Ok { Value: LoginStep.Done done }:
                    await output.WriteLineAsync($"Logged in as {done.Account.Name}. The session is stored encrypted; start the bot and /follow a channel.");
                    return ExitCodes.Done;
                case GatewayAnswer<LoginStep>.Ok { Value: LoginStep.CodeSent sent }:
                    await output.WriteLineAsync($"Telegram sends a code ({sent.By}).");
                    next = NextLoginStep.Code;
                    break;
                case GatewayAnswer<LoginStep>.Ok { Value: LoginStep.PasswordNeeded password }:
                    await output.WriteLineAsync(password.Hint is { } hint ? $"This account has a password. Its hint: {hint}" : "This account has a password.");
                    next = NextLoginStep.Password;
                    break;
                case GatewayAnswer<LoginStep>.Ok { Value: LoginStep.Refused refused }:
                    await errors.WriteLineAsync(refused.Wait is { } wait ? FormattableString.Invariant($"{refused.Reason} Try again in {wait.TotalSeconds:0} s.") : refused.Reason);
                    next = refused.Next;
                    break;
                default:
                    await errors.WriteLineAsync(answer.Trouble);
                    return ExitCodes.Failed;
            }
        }

        return ExitCodes.Failed;
    }

    /// <summary>How the account stands once the gateway has started, or has given up on it.</summary>
    private static async Task<AccountState> SettledAsync(ChannelParts parts, TimeProvider time, CancellationToken cancellation)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        parts.Account.StateChanged += _ => settled.TrySetResult();
        parts.Gateway.HealthChanged += health =>
        {
            if (health is GatewayHealth.NoNode or GatewayHealth.Failed)
                settled.TrySetResult();
        };
        if (parts.Account.State is AccountState.Waiting && parts.Gateway.Health is not (GatewayHealth.NoNode or GatewayHealth.Failed))
            await Task.WhenAny(settled.Task, Task.Delay(Patience, time, cancellation));
        return parts.Account.State;
    }
}
