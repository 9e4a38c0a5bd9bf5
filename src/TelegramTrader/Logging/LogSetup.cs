using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;
using TelegramTrader.Settings;

namespace TelegramTrader.Logging;

/// <summary>The log: daily files, and the console's error stream. Standard output belongs to what was asked for.</summary>
public static class LogSetup
{
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} [{Level:u3}] {SourceContext}: {Message:lj}{NewLine}{Exception}";

    /// <param name="consoleLevel">The least severe entries that the console shows.</param>
    public static Logger Create(LoggingSettings settings, SecretScrubber scrubber, LogEventLevel consoleLevel)
    {
        var level = Enum.Parse<LogEventLevel>(settings.Level);
        var formatter = new ScrubbingFormatter(new MessageTemplateTextFormatter(Template, CultureInfo.InvariantCulture), scrubber);
        return new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            .WriteTo.File(formatter, Path.Combine(settings.Directory, "telegramtrader-.log"), rollingInterval: RollingInterval.Day, retainedFileCountLimit: settings.KeepDays)
            .WriteTo.Console(formatter, consoleLevel, standardErrorFromLevel: LogEventLevel.Verbose)
            .CreateLogger();
    }
}
