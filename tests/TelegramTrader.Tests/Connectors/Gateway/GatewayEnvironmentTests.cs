using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Tests.Connectors.Gateway;

/// <summary>Sets a variable of this process, which every test that reads the settings would see: it runs when nothing else does.</summary>
[Collection(Name)]
public sealed class GatewayEnvironmentTests
{
    private const string Name = "The environment of the test process";

    [NodeTheory]
    [InlineData("TELEGRAMTRADER__Telegram__BotToken")]
    [InlineData("TELEGRAMTRADER_KEY")]
    public async Task Child_DoesNotGetTheProgramsSettings(string variable)
    {
        Environment.SetEnvironmentVariable(variable, "a secret");
        try
        {
            await using var stage = new GatewayStage("scripted.mjs");
            stage.Start();
            await stage.HealthAsync<GatewayHealth.Running>();
            Assert.Equal(0, (await stage.ResultAsync("settings")).GetProperty("names").GetArrayLength());
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }
    }

    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;
}
