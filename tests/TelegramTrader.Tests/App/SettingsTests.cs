using TelegramTrader.Chat;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.App;

public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ExampleFile_IsWhatTheCatalogueSays() => Approved.Matches("appsettings.example.json", SettingsExample.Write());

    [Fact]
    public void ExampleFile_Loaded_GivesTheDefaultsOfTheCode()
    {
        var loaded = SettingsLoader.Load(ProjectFolder.Path("appsettings.example.json"));
        var defaults = new AppSettings();
        Assert.Equal(defaults.Trading.Risk, loaded.Trading.Risk);
        Assert.Equal(defaults.Simulation, loaded.Simulation);
        Assert.Equal(defaults.Market, loaded.Market);
        Assert.Equal(defaults.Storage, loaded.Storage);
        Assert.Equal(defaults.Logging, loaded.Logging);
        Assert.Equal(defaults.FileDrop, loaded.FileDrop);
        Assert.Equal(defaults.Webhooks with { Sources = loaded.Webhooks.Sources }, loaded.Webhooks);
        Assert.Empty(loaded.Webhooks.Sources);
        Assert.Equal(defaults.Trading with { QuoteAliases = loaded.Trading.QuoteAliases, Risk = loaded.Trading.Risk }, loaded.Trading);
        Assert.Null(loaded.Telegram.BotToken);
        Assert.Empty(loaded.Telegram.Users);
    }

    public static TheoryData<string, string> WrongValues => new()
    {
        { """{ "Risk": { "PerTradePercent": 50 } }""", "'Risk:PerTradePercent' must be a number from 0.01 to 10, but is '50'" },
        { """{ "Risk": { "PerTradePercent": "much" } }""", "'Risk:PerTradePercent' must be a number from 0.01 to 10, but is 'much'" },
        { """{ "Risk": { "PerTradePercent": 3 } }""", "'Risk:PerTradePercent' 3 is above 'Risk:HighestPerTradePercent' 2" },
        { """{ "Risk": { "PositionsAtOnce": 2.5 } }""", "'Risk:PositionsAtOnce' must be a whole number from 1 to 1000, but is '2.5'" },
        { """{ "Mode": "live" }""", "'Mode' is live, which needs 'Market:Source' exchange" },
        { """{ "Market": { "Source": "exchange" } }""", "'Market:Source' is exchange, but 'Exchange:Name' names none" },
        { """{ "Exchange": { "Name": "Binance!" } }""", "must be 2 to 25 small letters and digits, such as binance, but is 'Binance!'" },
        { """{ "Exchange": { "Account": "a b" } }""", "must be 1 to 14 small letters, digits and dashes, but is 'a b'" },
        { """{ "Exchange": { "BaseUrl": "ftp://x" } }""", "must be an http or https address, but is 'ftp://x'" },
        { """{ "Mode": "dream" }""", "'Mode' must be 'paper' or 'live', but is 'dream'" },
        { """{ "TimeZone": "Middle/Earth" }""", "'TimeZone' is 'Middle/Earth', which is not a known time zone" },
        { """{ "Market": { "Source": "1" } }""", "'Market:Source' must be one of none, recorded, exchange, but is '1'" },
        { """{ "Market": { "ExitAtEnd": "perhaps" } }""", "'Market:ExitAtEnd' must be true or false, but is 'perhaps'" },
        { """{ "Telegram": { "BaseUrl": "ftp://example.com" } }""", "'Telegram:BaseUrl' must be an http or https address, but is 'ftp://example.com'" },
        { """{ "Telegram": { "Users": [ { "Role": "admin" } ] } }""", "'Telegram:Users:0' has no Id" },
        { """{ "Telegram": { "Users": [ { "Id": 5, "Role": "king" } ] } }""", "'Telegram:Users:0:Role' must be one of viewer, trader, admin, but is 'king'" },
        { """{ "Telegram": { "Users": [ { "Id": 5 }, { "Id": 5 } ] } }""", "'Telegram:Users' names the id 5 2 times" },
        { """{ "Telegram": { "BotToken": "1:abcdefghijklmnopqrstuvwxyz", "Users": [ { "Id": 5, "Role": "trader" } ] } }""", "'Telegram:BotToken' is set, but 'Telegram:Users' has no admin" },
        { """{ "Webhooks": { "Port": 8080 } }""", "'Webhooks:Port' is set, but 'Webhooks:Sources' names nobody who may post" },
        { """{ "Webhooks": { "Address": "here" } }""", "'Webhooks:Address' must be an IP address such as 127.0.0.1, but is 'here'" },
        { """{ "Webhooks": { "Sources": [ { "Name": "a b", "Secret": "0123456789abcdef" } ] } }""", "'Webhooks:Sources:0:Name' must be 1 to 40 letters, digits, dashes or underscores, but is 'a b'" },
        { """{ "Webhooks": { "Sources": [ { "Name": "a", "Secret": "short" } ] } }""", "'Webhooks:Sources:0:Secret' has 5 characters; at least 16 are needed" },
        { """{ "Webhooks": { "Sources": [ { "Name": "a", "Secret": "0123456789abcdef" }, { "Name": "A", "Secret": "0123456789abcdef" } ] } }""", "'Webhooks:Sources' has the name 'a' 2 times" },
        { """{ "FileDrop": { "Name": "../up" } }""", "'FileDrop:Name' must be 1 to 40 letters, digits, dashes or underscores, but is '../up'" },
        { """{ "Rsik": { "PerTradePercent": 1 } }""", "there is no setting 'Rsik:PerTradePercent'; did you mean 'Risk:PerTradePercent'?" },
        { """{ "Storage": { "Directry": "x" } }""", "there is no setting 'Storage:Directry'; did you mean 'Storage:Directory'?" },
        { """{ "Channels": { "Followed": [ { "Leverage": 3 } ] } }""", "'Channels:Followed:0' has no Id" },
        { """{ "Channels": { "Followed": [ { "Id": "@a", "Leverage": 300 } ] } }""", "'Channels:Followed:0:Leverage' must be a number from 1 to 125, or empty, but is '300'" },
        { """{ "Channels": { "Followed": [ { "Id": "@a" }, { "Id": "@A" } ] } }""", "'Channels:Followed' names @a 2 times" },
        { """{ "Channels": { "Followed": [ { "Id": "@a", "DefaultMarket": "forex" } ] } }""", "must be Unknown, Spot or Perpetual, but is 'forex'" },
        { """{ "Mode": "paper" """, "the file is not valid JSON at line 1" },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void Load_WrongFile_NamesTheSettingTheLimitAndTheValue(string json, string problem)
    {
        var exception = Assert.Throws<SettingsException>(() => SettingsLoader.Load(FileWith(json)));
        Assert.Contains(exception.Problems, text => text.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_SeveralProblems_TellsAllAtOnce()
    {
        var exception = Assert.Throws<SettingsException>(() => SettingsLoader.Load(FileWith("""{ "Mode": "dream", "Risk": { "PositionsAtOnce": 0 }, "Nothing": 1 }""")));
        Assert.Equal(3, exception.Problems.Count);
    }

    [Fact]
    public void Load_FileThatIsNotThere_SaysSo() =>
        Assert.Contains("does not exist", Assert.Throws<SettingsException>(() => SettingsLoader.Load(Path.Combine(_folder, "nowhere.json"))).Message);

    [Fact]
    public void Load_BrokenJsonWithASecret_DoesNotRepeatIt()
    {
        var exception = Assert.Throws<SettingsException>(() => SettingsLoader.Load(FileWith("""{ "Telegram": { "BotToken": "123456:SECRETSECRETSECRETSECRET" """)));
        Assert.DoesNotContain("SECRET", exception.ToString());
    }

    [Fact]
    public void Load_Overrides_WinOverTheFile()
    {
        var settings = SettingsLoader.Load(FileWith("""{ "Storage": { "Directory": "from-file" } }"""), new Dictionary<string, string> { ["Storage:Directory"] = "from-command-line" });
        Assert.Equal("from-command-line", settings.Storage.Directory);
    }

    [Fact]
    public void Load_Channels_HaveTheirOwnSettings()
    {
        var channel = SettingsLoader.Load(FileWith("""{ "Channels": { "Followed": [ { "Id": "@a", "Traded": false, "Ignore": "VIP; join now", "PercentIncludesLeverage": true, "RiskPerTradePercent": 0.5, "DefaultStopPercent": "" } ] } }"""))
            .Trading.ChannelOf(new TelegramTrader.Core.Signals.ChannelId("@a"));
        Assert.False(channel.IsTraded);
        Assert.Equal(["VIP", "join now"], channel.IgnoredPhrases);
        Assert.True(channel.Profile.PercentIncludesLeverage);
        Assert.Equal((0.005m, null, null), (channel.RiskPerTrade, channel.Leverage, channel.DefaultStop));
    }

    [Fact]
    public void Load_Channels_HaveTheirOwnWordsAndPatterns()
    {
        var profile = SettingsLoader.Load(FileWith("""{ "Channels": { "Followed": [ { "Id": "@a", "TargetsArePercent": true, "Words": "зона=entry; kup = Long", "Patterns": "Region: {entry}; out at {stop} please" } ] } }"""))
            .Trading.ChannelOf(new TelegramTrader.Core.Signals.ChannelId("@a")).Profile;
        Assert.True(profile.TargetsArePercent);
        Assert.Equal(["зона Entry", "kup Long"], profile.Words.Select(word => $"{word.Text} {word.Meaning}"));
        Assert.Equal(["Region: {entry} Entry", "out at {stop} please Stop"], profile.Patterns.Select(pattern => $"{pattern.Text} {pattern.Field}"));
    }

    [Theory]
    [InlineData("Words", "zona")]
    [InlineData("Words", "zona=moon")]
    [InlineData("Words", "zona=1")]
    [InlineData("Words", "=entry")]
    [InlineData("Patterns", "Zone: entry")]
    [InlineData("Patterns", "{entry}")]
    [InlineData("Patterns", "{entry} {stop}")]
    [InlineData("TargetsArePercent", "perhaps")]
    public void Load_ARuleOfAChannelThatCanNotBe_IsRefusedWithTheValue(string setting, string value)
    {
        var exception = Assert.Throws<SettingsException>(() => SettingsLoader.Load(FileWith($$"""{ "Channels": { "Followed": [ { "Id": "@a", "{{setting}}": "{{value}}" } ] } }""")));
        Assert.Contains($"'{value}'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Users_HaveTheirRoles()
    {
        var settings = SettingsLoader.Load(FileWith("""{ "Telegram": { "Users": [ { "Id": 5, "Role": "Admin", "Name": "Ann" }, { "Id": 6, "Role": "viewer" } ] } }"""));
        Assert.Equal([new AllowedUser(5, Role.Admin, "Ann"), new AllowedUser(6, Role.Viewer, "")], settings.Telegram.Users);
    }

    private string FileWith(string json)
    {
        var file = Path.Combine(_folder, Path.GetRandomFileName() + ".json");
        File.WriteAllText(file, json);
        return file;
    }
}
