using TelegramTrader.Connectors.Storage;
using TelegramTrader.Core.Risk;
using TelegramTrader.Exchanges;
using TelegramTrader.Settings;
using TelegramTrader.Tests.Connectors.Gateway;
using TelegramTrader.Tests.Support.Exchanges.Binance;

namespace TelegramTrader.Tests.Cli;

public sealed class KeysVerbTests
{
    private static readonly string Given = $"{BinanceAccount.ApiKey}\n{BinanceAccount.Secret}\n\n";

    [NodeFact]
    public async Task Add_KeysThatMayTrade_AreCheckedStoredEncryptedAndListed()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();

        var (code, output, errors) = await stage.RunAsync(Given, "keys", "add", "binance");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Stored encrypted for binance-main. They may trade and not withdraw.", output, StringComparison.Ordinal);
        Assert.False(stage.DataHolds(BinanceAccount.ApiKey) || stage.DataHolds(BinanceAccount.Secret));
        Assert.DoesNotContain(BinanceAccount.Secret, output + errors, StringComparison.Ordinal);
        Assert.Equal("binance-main\n", (await stage.RunAsync("", "keys", "list")).Output);
    }

    /// <summary>Behind other keys may be another account than the one that was confirmed.</summary>
    [NodeFact]
    public async Task Add_WhereLiveTradingWasConfirmed_LocksIt()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        var connection = new ExchangeConnection { Name = "binance" };
        using (var data = DataFolder.Open(stage.DataFolder))
            new LiveLock(new KeyValueStore(data), connection, new RiskSettings()).Open();

        Assert.Equal(0, (await stage.RunAsync(Given, "keys", "add", "binance")).Code);

        using var after = DataFolder.Open(stage.DataFolder);
        Assert.False(new LiveLock(new KeyValueStore(after), connection, new RiskSettings()).IsOpen);
    }

    [NodeFact]
    public async Task Add_KeysThatMayWithdraw_AreRefusedUnlessAskedFor()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        stage.Binance.Account.CanWithdraw = true;

        var (code, _, errors) = await stage.RunAsync(Given, "keys", "add", "binance");
        Assert.Equal(1, code);
        Assert.Contains("Not stored: the key may withdraw money.", errors, StringComparison.Ordinal);
        Assert.Contains("No account has keys.", (await stage.RunAsync("", "keys", "list")).Output, StringComparison.Ordinal);

        Assert.Equal(0, (await stage.RunAsync(Given, "keys", "add", "binance", "--allow-withdrawal")).Code);
    }

    [NodeFact]
    public async Task Add_WrongKeys_AreNotStoredAndSaidInWordsOfATrader()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();

        var (code, output, errors) = await stage.RunAsync($"{BinanceAccount.ApiKey}\nwrongSecretWrongSecret\n\n", "keys", "add", "binance");

        Assert.Equal(1, code);
        Assert.StartsWith("Not stored: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("wrongSecretWrongSecret", output + errors, StringComparison.Ordinal);
        Assert.False(stage.DataHolds("wrongSecretWrongSecret"));
    }

    [NodeFact]
    public async Task AddAndRemove_TwoAccounts_AreToldApart()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        await stage.RunAsync(Given, "keys", "add", "binance");
        await stage.RunAsync(Given, "keys", "add", "binance", "--account", "second");
        Assert.Equal("binance-main\nbinance-second\n", (await stage.RunAsync("", "keys", "list")).Output);

        Assert.Equal(0, (await stage.RunAsync("", "keys", "remove", "binance-main")).Code);

        Assert.Equal("binance-second\n", (await stage.RunAsync("", "keys", "list")).Output);
        var (code, _, errors) = await stage.RunAsync("", "keys", "remove", "binance-main");
        Assert.Equal((1, "There are no keys for 'binance-main'; keys list shows what there is.\n"), (code, errors));
    }

    [Theory]
    [InlineData("Binance!")]
    [InlineData("x")]
    public async Task Add_NoExchangeName_EndsWith2(string name)
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        Assert.Equal(2, (await stage.RunAsync(Given, "keys", "add", name)).Code);
    }

    [Fact]
    public async Task Add_NothingEntered_ChangesNothing()
    {
        await using var stage = await ExchangeVerbStage.StartAsync();
        var (code, _, errors) = await stage.RunAsync("\n", "keys", "add", "binance");
        Assert.Equal((1, "Nothing was entered; nothing was changed.\n"), (code, errors));
    }
}
