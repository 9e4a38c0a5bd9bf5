using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Connectors.Channels.FileDrop;
using TelegramTrader.Core.Signals;
using TelegramTrader.Settings;

namespace TelegramTrader.Trading;

/// <summary>Runs the sources of posts that are set up, from when the engine may trade until the bot ends. What goes wrong there never touches trading.</summary>
public sealed class LiveSources(AppSettings settings, PostIntake intake, TimeProvider time, ILogger<FileDropSource> dropLog, ILogger<LiveSources> log) : BackgroundService
{
    /// <summary>A drop folder, a webhook, or a channel, which goes by its number; the channels of recordings have names.</summary>
    private static bool IsLive(ChannelId channel) =>
        channel.Value.StartsWith("drop:", StringComparison.Ordinal) || channel.Value.StartsWith("hook:", StringComparison.Ordinal)
        || long.TryParse(channel.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await intake.TakeUpAsync(IsLive, stoppingToken);
            if (settings.FileDrop.Folder.Length == 0)
                return;
            var options = new FileDropOptions(settings.FileDrop.Folder, settings.FileDrop.Name);
            log.LogInformation("Files dropped into {Folder} are read as posts of {Channel}", options.Folder, options.Channel);
            await new FileDropSource(options, (post, _) => ValueTask.FromResult(intake.Hand(post)), time, dropLog).RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            log.LogDebug("The sources have ended");
        }
    }
}
