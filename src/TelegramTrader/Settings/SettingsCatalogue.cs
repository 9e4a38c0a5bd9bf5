using System.Globalization;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Core.Market;
using static TelegramTrader.Settings.SettingKinds;

namespace TelegramTrader.Settings;

/// <summary>The one list of all settings. The example file, the checks and the messages about unknown settings are made from it.</summary>
public static class SettingsCatalogue
{
    public static IReadOnlyList<SettingDefinition> All { get; } = [.. General(), .. ExchangeSettings.All(), .. SourceSettings.All(), .. TradingSettings.All(), .. RiskLimits.All(), .. ChannelAccount.All(), .. ChannelList.All(), .. Jobs(), .. JudgementSettings.All(), .. Simulation()];

    private static IEnumerable<SettingDefinition> General() =>
    [
        Checked("Mode", "Where orders go: paper (a simulated exchange) or live (Exchange:Name, with the keys that were added; nothing is traded before an admin has confirmed it in chat with /live).", "paper", (settings, text) => text.ToLowerInvariant() switch
        {
            "paper" => settings with { Mode = RunMode.Paper },
            "live" => settings with { Mode = RunMode.Live },
            _ => SettingOutcome.Wrong($"must be 'paper' or 'live', but is '{text}'"),
        }),
        Checked("TimeZone", "The zone in which days and weeks begin for loss limits and reports, as in the IANA list, for example Europe/Istanbul.", "UTC", (settings, text) =>
            TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
                ? settings with { Trading = settings.Trading with { TimeZone = zone } }
                : SettingOutcome.Wrong($"is '{text}', which is not a known time zone; write one such as UTC or Europe/Istanbul")),

        Text("Storage:Directory", "The folder for the database and everything else that the bot writes down. One running bot a folder.", "data",
            (settings, text) => settings with { Storage = settings.Storage with { Directory = text } }),
        Whole("Storage:KeepJournalDays", "How many days of engine events and sent notifications are kept. Messages, signals, trades, orders and fills are kept for ever.", 30, 1, 3650,
            (settings, days) => settings with { Storage = settings.Storage with { KeepJournalDays = days } }),

        Hidden("Telegram:BotToken", "The token that @BotFather gave you. Better in the environment variable TELEGRAMTRADER__Telegram__BotToken than in a file. Empty: the bot runs without Telegram.", (settings, text) =>
            text.Length == 0 ? settings with { Telegram = settings.Telegram with { BotToken = null } }
            : BotToken.TryParse(text, out var token) ? settings with { Telegram = settings.Telegram with { BotToken = token } }
            : SettingOutcome.Wrong("is not valid")),
        Checked("Telegram:BaseUrl", "Another Bot API server, for example one of your own.", "https://api.telegram.org", (settings, text) =>
            Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                ? settings with { Telegram = settings.Telegram with { BaseUrl = text.TrimEnd('/') } }
                : SettingOutcome.Wrong($"must be an http or https address, but is '{text}'")),
        Checked("Telegram:Proxy", "A proxy on the way to Telegram: http://, https:// or socks5:// with host and port. Empty for none.", "", (settings, text) =>
            text.Length == 0 || Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "socks5"
                ? settings with { Telegram = settings.Telegram with { Proxy = text.Length == 0 ? null : text } }
                : SettingOutcome.Wrong("must be an http, https or socks5 address")),
        Checked("Telegram:AdminChatId", "The chat that gets notifications and alarms: your own user id, or the id of a group that the bot is in. The bot tells your id when you write to it and the log shows it. Empty for none.", "", (settings, text) =>
            text.Length == 0 ? settings with { Telegram = settings.Telegram with { AdminChatId = null } }
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) && id != 0 ? settings with { Telegram = settings.Telegram with { AdminChatId = id } }
            : SettingOutcome.Wrong($"must be a chat id (a whole number), but is '{text}'")),
        new("Telegram:Users:#:Id", "The Telegram user id of somebody who may talk to the bot. Everybody else gets no answer.", "123456789", false, (settings, value) =>
            long.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
                ? WithUser(settings, value.ListIndex, user => user with { Id = id })
                : SettingOutcome.Wrong($"must be a Telegram user id (a whole number above 0), but is '{value.Text}'")),
        new("Telegram:Users:#:Role", "What that person may do: viewer (look), trader (also pause, close and move stops), admin (everything).", "\"admin\"", false, (settings, value) =>
            Enum.TryParse<Role>(value.Text, ignoreCase: true, out var role) && Enum.IsDefined(role) && !value.Text.All(char.IsAsciiDigit)
                ? WithUser(settings, value.ListIndex, user => user with { Role = role })
                : SettingOutcome.Wrong($"must be one of viewer, trader, admin, but is '{value.Text}'")),
        new("Telegram:Users:#:Name", "How that person is called in the records of who did what. Optional.", "\"\"", false, (settings, value) =>
            WithUser(settings, value.ListIndex, user => user with { Name = value.Text.Trim() })),
        Number("Telegram:MessagesPerSecondPerChat", "How fast messages go to one chat. Telegram allows about 1; a server of your own may allow more.", 1, 0.1m, 1000,
            (settings, rate) => settings with { Telegram = settings.Telegram with { MessagesPerSecondPerChat = rate } }),
        Number("Telegram:MessagesPerSecond", "How fast messages go to all chats together. Telegram allows 30.", 30, 1, 10_000,
            (settings, rate) => settings with { Telegram = settings.Telegram with { MessagesPerSecond = rate } }),
        Duration("Telegram:CommandExpiresAfterMinutes", "A command that raises risk and is older than this when it arrives is not carried out; one that lowers risk is.", "minutes", 2, 0.1m, 60,
            (settings, span) => settings with { Telegram = settings.Telegram with { CommandExpiresAfter = span } }),

        Choice("Market:Source", "Where prices come from. exchange: live, from Exchange:Name, without any account; recorded: a recording of candles and posts is replayed; none: signals are recorded and not traded.", MarketSource.None,
            (settings, source) => settings with { Market = settings.Market with { Source = source } }),
        Text("Market:Recording", "The folder of the recording. Empty: the one that comes with the program.", "",
            (settings, text) => settings with { Market = settings.Market with { Recording = text } }),
        Number("Market:Speed", "How many recorded seconds pass in one second; 0 is as fast as it goes.", 60, 0, 1_000_000,
            (settings, speed) => settings with { Market = settings.Market with { Speed = speed } }),
        Flag("Market:ExitAtEnd", "Whether the program ends when the recording does.", false,
            (settings, exit) => settings with { Market = settings.Market with { ExitAtEnd = exit } }),

        Choice("Charts:Theme", "The background of pictures.", ChartTheme.Dark,
            (settings, theme) => settings with { ChartTheme = theme }),

        Text("Logging:Directory", "The folder for the daily log files.", "logs",
            (settings, text) => settings with { Logging = settings.Logging with { Directory = text } }),
        Checked("Logging:Level", "The least severe entries that are logged: Verbose, Debug, Information, Warning or Error.", "Information", (settings, text) =>
            Enum.TryParse<Serilog.Events.LogEventLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level)
                ? settings with { Logging = settings.Logging with { Level = level.ToString() } }
                : SettingOutcome.Wrong($"must be one of Verbose, Debug, Information, Warning, Error, but is '{text}'")),
        Whole("Logging:KeepDays", "How many daily log files are kept.", 14, 1, 365,
            (settings, days) => settings with { Logging = settings.Logging with { KeepDays = days } }),
    ];

    private static IEnumerable<SettingDefinition> Jobs() =>
    [
        Whole("Jobs:AtOnce", "How many jobs, such as an optimisation that was asked for in chat, run at the same time; the others wait for their turn.", 1, 1, 8,
            (settings, count) => settings with { Jobs = settings.Jobs with { AtOnce = count } }),
        Whole("Jobs:WaitingPerPerson", "How many jobs of one person may wait.", 5, 1, 100,
            (settings, count) => settings with { Jobs = settings.Jobs with { WaitingPerPerson = count } }),
        Whole("Jobs:Workers", "How many threads, of the lowest priority, all jobs share; 0 is one less than there are cores, and at least one.", 0, 0, 256,
            (settings, count) => settings with { Jobs = settings.Jobs with { Workers = count } }),
        Duration("Jobs:ProgressEverySeconds", "How often the message with a job's progress is edited.", "seconds", 3, 1, 60,
            (settings, span) => settings with { Jobs = settings.Jobs with { ProgressEvery = span } }),
    ];

    private static IEnumerable<SettingDefinition> Simulation() =>
    [
        Number("Simulation:StartingBalance", "The virtual balance with which trading on paper begins, in USDT.", 10_000, 10, 1_000_000_000,
            (settings, amount) => settings with { Simulation = settings.Simulation with { StartingBalance = new Money(amount, "USDT") } }),
        Percent("Simulation:MakerFeePercent", "Fee of an order that waited in the book.", 0.02m, -0.1m, 2,
            (settings, fee) => settings with { Simulation = settings.Simulation with { MakerFee = fee } }),
        Percent("Simulation:TakerFeePercent", "Fee of an order that was filled at once.", 0.05m, 0, 2,
            (settings, fee) => settings with { Simulation = settings.Simulation with { TakerFee = fee } }),
        Percent("Simulation:SpreadPercent", "Distance between bid and ask where the data has trade prices only.", 0.02m, 0, 5,
            (settings, spread) => settings with { Simulation = settings.Simulation with { Spread = spread } }),
        Percent("Simulation:BaseSlippagePercent", "Slippage of any order at the market, however small.", 0.01m, 0, 5,
            (settings, slippage) => settings with { Simulation = settings.Simulation with { BaseSlippage = slippage } }),
        Percent("Simulation:SlippageAtFullVolumePercent", "Further slippage of an order as large as the whole volume of the candle, in proportion for a smaller one.", 2, 0, 50,
            (settings, slippage) => settings with { Simulation = settings.Simulation with { SlippageAtFullVolume = slippage } }),
        Percent("Simulation:ParticipationPercent", "The part of a candle's volume that our orders may take; the rest waits for the next candle.", 25, 0.1m, 100,
            (settings, rate) => settings with { Simulation = settings.Simulation with { ParticipationRate = rate } }),
        Duration("Simulation:LatencyMilliseconds", "How long an order is on its way to the exchange.", "milliseconds", 250, 0, 60_000,
            (settings, span) => settings with { Simulation = settings.Simulation with { Latency = span } }),
        Percent("Simulation:LiquidationFeePercent", "Fee of a forced close.", 1.25m, 0, 10,
            (settings, fee) => settings with { Simulation = settings.Simulation with { LiquidationFee = fee } }),
    ];

    private static AppSettings WithUser(AppSettings settings, int index, Func<AllowedUser, AllowedUser> change)
    {
        var users = settings.Telegram.Users.ToList();
        while (users.Count <= index)
            users.Add(new AllowedUser(0, Role.Viewer, ""));
        users[index] = change(users[index]);
        return settings with { Telegram = settings.Telegram with { Users = users } };
    }
}
