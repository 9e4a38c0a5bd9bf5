using System.Text.RegularExpressions;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Market;
using static TelegramTrader.Settings.SettingKinds;

namespace TelegramTrader.Settings;

/// <summary>Which exchange gives the prices and, in live mode, takes the orders.</summary>
public sealed record ExchangeConnection
{
    /// <summary>Empty when no exchange is connected.</summary>
    public string Name { get; init; } = "";

    public string Account { get; init; } = "main";

    public ExchangeMarketKind Kind { get; init; } = ExchangeMarketKind.Swap;

    public bool Sandbox { get; init; }

    public Uri? BaseUrl { get; init; }

    public double RequestsPerSecond { get; init; } = 10;

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public bool IsSet => Name.Length > 0;

    /// <summary>What positions, orders and balances there are told apart by.</summary>
    public AccountId AccountId => new($"{Name}-{Account}");
}

internal static partial class ExchangeSettings
{
    public static IEnumerable<SettingDefinition> All() =>
    [
        Checked("Exchange:Name", "The exchange whose prices, fees, steps and funding are used, as CCXT calls it: binance, bybit, okx, mexc, kucoin, kraken, coinbase or another. Public prices need no account. Empty: none.", "", (settings, text) =>
            text.Length == 0 || IsName(text)
                ? With(settings, settings.Exchange with { Name = text })
                : SettingOutcome.Wrong($"must be 2 to 25 small letters and digits, such as binance, but is '{text}'")),
        Checked("Exchange:Account", "Which of your accounts there: the name under which its keys were added.", "main", (settings, text) =>
            IsAccount(text)
                ? With(settings, settings.Exchange with { Account = text })
                : SettingOutcome.Wrong($"must be 1 to 14 small letters, digits and dashes, but is '{text}'")),
        Choice("Exchange:Kind", "What is traded there: swap (perpetual contracts) or spot.", ExchangeMarketKind.Swap, (settings, kind) => With(settings, settings.Exchange with { Kind = kind })),
        Flag("Exchange:Sandbox", "Whether the exchange's own test network is used.", false, (settings, sandbox) => With(settings, settings.Exchange with { Sandbox = sandbox })),
        Checked("Exchange:BaseUrl", "Instead of the exchange's own hosts: a proxy of yours. Empty for none.", "", (settings, text) =>
            text.Length == 0 ? With(settings, settings.Exchange with { BaseUrl = null })
            : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? With(settings, settings.Exchange with { BaseUrl = url })
            : SettingOutcome.Wrong($"must be an http or https address, but is '{text}'")),
        Number("Exchange:RequestsPerSecond", "How many requests a second it allows on the whole; stops and closes go first.", 10, 0.5m, 1000, (settings, rate) => With(settings, settings.Exchange with { RequestsPerSecond = (double)rate })),
        Duration("Exchange:RequestTimeoutSeconds", "How long one request may take until its outcome counts as unknown.", "seconds", 10, 1, 60, (settings, span) => With(settings, settings.Exchange with { RequestTimeout = span })),
    ];

    public static IEnumerable<string> Together(AppSettings settings)
    {
        if (settings.Market.Source == MarketSource.Exchange && !settings.Exchange.IsSet)
            yield return "'Market:Source' is exchange, but 'Exchange:Name' names none";
        if (settings.Mode == RunMode.Live && settings.Market.Source != MarketSource.Exchange)
            yield return "'Mode' is live, which needs 'Market:Source' exchange";
    }

    public static bool IsName(string text) => NameForm().IsMatch(text);

    public static bool IsAccount(string text) => AccountForm().IsMatch(text);

    private static AppSettings With(AppSettings settings, ExchangeConnection exchange) => settings with { Exchange = exchange };

    [GeneratedRegex("^[a-z][a-z0-9]{1,24}$")]
    private static partial Regex NameForm();

    [GeneratedRegex("^[a-z0-9-]{1,14}$")]
    private static partial Regex AccountForm();
}
