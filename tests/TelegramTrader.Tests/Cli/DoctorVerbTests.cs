using System.Text.Json;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Binance;
using TelegramTrader.Tests.Support.Exchanges.Mexc;

namespace TelegramTrader.Tests.Cli;

public sealed class DoctorVerbTests
{
    private static readonly string Given = $"{BinanceAccount.ApiKey}\n{BinanceAccount.Secret}\n\n";

    [NodeFact]
    public async Task Doctor_EverythingThere_IsAllTicks()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        await stage.RunAsync(Given, "keys", "add", "binance");

        var (code, output, _) = await stage.RunAsync("", "doctor");

        Assert.Equal(0, code);
        Assert.DoesNotContain("✗", output, StringComparison.Ordinal);
        foreach (var name in new[] { "settings", "disk", "database", "gateway", "pictures", "exchange", "clock", "abilities", "keys", "account", "Telegram", "channels" })
            Assert.Contains($"✓ {name}: ", output, StringComparison.Ordinal);
        Assert.EndsWith("All is well.\n", output, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Doctor_KeyRevokedAtTheExchange_SaysWhatToDo()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        await stage.RunAsync(Given, "keys", "add", "binance");
        stage.Binance.Account.IsKeyRevoked = true;

        var (code, output, _) = await stage.RunAsync("", "doctor");

        Assert.Equal(1, code);
        Assert.Contains("✗ keys: The API key", output, StringComparison.Ordinal);
        Assert.DoesNotContain(BinanceAccount.ApiKey, output, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Doctor_ExchangeInMaintenance_SaysSo()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        stage.Binance.IsInMaintenance = true;

        var (code, output, _) = await stage.RunAsync("", "doctor");

        Assert.Equal(1, code);
        Assert.Contains("✗ exchange: binance can't be reached", output, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Doctor_LiveWithoutKeys_NamesTheVerbThatAddsThem()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        stage.Write(new Dictionary<string, object> { ["Mode"] = "live", ["Market"] = new { Source = "exchange" } });

        Assert.Contains("✗ keys: binance-main has none; add them with keys add binance", (await stage.RunAsync("", "doctor")).Output, StringComparison.Ordinal);
        var (code, _, errors) = await stage.RunAsync("", "run");
        Assert.Equal((2, "Settings: 'Mode' is live, but binance-main has no keys; add them with: keys add binance\n"), (code, errors));
    }

    [NodeFact]
    public async Task Doctor_InLiveMode_SaysHowThePaperTwinStands()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        var live = new Dictionary<string, object> { ["Mode"] = "live", ["Market"] = new { Source = "exchange" } };
        stage.Write(live);
        Assert.Contains("✓ paper twin: begins with the first live start", (await stage.RunAsync("", "doctor")).Output, StringComparison.Ordinal);

        var twin = Path.Combine(stage.DataFolder, "paper-twin");
        Directory.CreateDirectory(twin);
        await File.WriteAllTextAsync(Path.Combine(twin, "trading.db"), new string('x', 5_000));
        Assert.Contains("✗ paper twin: its books can't be opened", (await stage.RunAsync("", "doctor")).Output, StringComparison.Ordinal);

        stage.Write(new Dictionary<string, object>(live) { ["Trading"] = new { PaperTwin = false } });
        Assert.Contains("✓ paper twin: switched off", (await stage.RunAsync("", "doctor")).Output, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task Doctor_ExchangeWithoutStops_RefusesOrWarnsAsItIsSet()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        await using var mexc = await MexcServer.StartAsync(TimeProvider.System);
        WriteSettings("refuse");
        await stage.RunAsync($"{MexcServer.ApiKey}\n{MexcServer.Secret}\n\n", "keys", "add", "mexc");

        var (refused, cross, _) = await stage.RunAsync("", "doctor");
        Assert.Equal(1, refused);
        Assert.Contains("✗ abilities: mexc can't be traded live: it can't hold stop orders", cross, StringComparison.Ordinal);

        WriteSettings("allow");
        var (code, output, _) = await stage.RunAsync("", "doctor");
        Assert.DoesNotContain("✗", output, StringComparison.Ordinal);
        Assert.Contains("⚠ stops: No stop rests at this exchange", output, StringComparison.Ordinal);
        Assert.EndsWith("All is well, but for the danger in the lines with a ⚠.\n", output, StringComparison.Ordinal);
        Assert.Equal(0, code);

        void WriteSettings(string watchedStops) => File.WriteAllText(stage.SettingsFile, JsonSerializer.Serialize(new
        {
            Mode = "live",
            Market = new { Source = "exchange" },
            Storage = new { Directory = stage.DataFolder },
            Channels = new { KeyFile = Path.Combine(Path.GetDirectoryName(stage.SettingsFile)!, "secret.key") },
            Exchange = new { Name = "mexc", Kind = "spot", BaseUrl = mexc.BaseUrl.ToString() },
            Trading = new { WatchedStops = watchedStops },
        }));
    }
}
