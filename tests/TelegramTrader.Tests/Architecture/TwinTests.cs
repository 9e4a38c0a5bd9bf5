using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Engine;
using TelegramTrader.Exchanges;
using TelegramTrader.Tests.Support;
using TelegramTrader.Trading.Twin;

namespace TelegramTrader.Tests.Architecture;

/// <summary>The paper twin has no way to a real exchange, and nobody else trades what another desk has decided.</summary>
public sealed class TwinTests
{
    [Fact]
    public void FollowingAnotherDesk_IsSaidInOnePlaceOnly()
    {
        var places = ProjectFolder.Sources("src")
            .Where(file => File.ReadAllText(file).Contains($"{nameof(EngineSettings.FollowsAnotherDesk)} = true", StringComparison.Ordinal))
            .Select(Path.GetFileName);

        Assert.Equal(["Modes.cs"], places);
    }

    [Fact]
    public void BeingSimulated_IsSaidByTheSimulatedExchangeOnly()
    {
        var places = ProjectFolder.Sources("src")
            .Where(file => File.ReadAllText(file).Contains($"{nameof(ExchangeCapabilities.IsSimulated)}: true", StringComparison.Ordinal))
            .Select(Path.GetFileName);

        Assert.Equal(["SimulatedExchange.cs"], places);
    }

    [Fact]
    public void Twin_KnowsNoRealExchangeAndNoNotificationsOfItsOwn()
    {
        var forbidden = new[] { typeof(CcxtExchange), typeof(LockedExchange), typeof(ExchangeSession), typeof(ExchangeParts), typeof(LiveLock) }.Select(type => type.FullName).ToArray();
        var uses = TypeReferences.Of(typeof(PaperTwin).Assembly.Location)
            .Where(pair => pair.From.StartsWith(typeof(PaperTwin).Namespace! + ".", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(uses);
        Assert.DoesNotContain(uses, pair => forbidden.Contains(pair.To));
        // Only the service that tells of the twin's end writes to the outbox.
        Assert.All(
            uses.Where(pair => pair.To.Contains("NotificationOutbox", StringComparison.Ordinal)),
            pair => Assert.StartsWith(typeof(TwinService).FullName!, pair.From, StringComparison.Ordinal));
    }
}
