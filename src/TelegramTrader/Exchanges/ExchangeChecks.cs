using System.Globalization;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Market;
using TelegramTrader.Trading;

namespace TelegramTrader.Exchanges;

/// <summary>Whether the connected exchange, and the account there, can be traded on. Each finding is a tick or a sentence that says what to do.</summary>
public static class ExchangeChecks
{
    // Beyond this a signed request comes too late or too early on most exchanges, were it not made good.
    private static readonly TimeSpan LargestClockOffset = TimeSpan.FromSeconds(2);

    /// <param name="hasKeys">Whether the account has keys; without, only what is public is looked at.</param>
    public static async Task<IReadOnlyList<HealthFinding>> LookAsync(ExchangeSession session, bool hasKeys, CancellationToken cancellation)
    {
        if (session.State is not SessionState.Open { Abilities: var abilities })
            return [new HealthFinding("exchange", false, session.State is SessionState.Closed closed ? $"{session.Account.Exchange} can't be reached: {closed.Reason}" : "not reached")];
        var findings = new List<HealthFinding> { new("exchange", true, $"{session.Account.Exchange}{(session.Account.Sandbox ? " (test network)" : "")} answers") };
        var offset = session.ClockOffset ?? TimeSpan.Zero;
        findings.Add(new HealthFinding("clock", offset.Duration() <= LargestClockOffset, string.Create(CultureInfo.InvariantCulture,
            $"{offset.Duration().TotalMilliseconds:0} ms {(offset < TimeSpan.Zero ? "ahead of" : "behind")} the exchange{(offset.Duration() <= LargestClockOffset ? "" : "; let the system keep its time (NTP)")}")));
        if (!hasKeys)
            return findings;
        findings.Add(abilities.MissingForLive is { } missing
            ? new HealthFinding("abilities", false, $"{session.Account.Exchange} can't be traded live: {missing}")
            : new HealthFinding("abilities", true, abilities.IsSpot ? "holds stops, takes our order ids, tells executions" : "holds stops, takes our order ids, has reduce-only orders"));
        var (permissions, failure) = await KeyPermissions.ReadAsync(session, cancellation);
        findings.Add(failure is not null ? new HealthFinding("keys", false, TraderWords.Of(failure.Error, session.Account.Exchange))
            : permissions!.Objection is { } objection ? new HealthFinding("keys", false, objection)
            : new HealthFinding("keys", true, permissions.MayWithdraw is false ? "may trade and not withdraw" : $"{session.Account.Exchange} does not say what they may do; see to it yourself that they can't withdraw"));
        var (balance, trouble) = await AccountBalance.ReadAsync(session, cancellation);
        findings.Add(balance is null ? new HealthFinding("account", false, trouble!)
            : new HealthFinding("account", balance.Total.Amount > 0m, $"{session.Account.Id} holds {balance.Total}, {balance.Free} of it free"));
        return findings;
    }

    /// <summary>Places and withdraws a stop far from the market.</summary>
    public static async Task<HealthFinding> TestStopAsync(ExchangeSession session, IEnumerable<Instrument> instruments, Func<Symbol, Task<Quote?>> quoteOf, TimeProvider time, CancellationToken cancellation)
    {
        var isSpot = session.Account.Kind == ExchangeMarketKind.Spot;
        IReadOnlySet<string> held = new HashSet<string>();
        if (isSpot)
        {
            var (assets, unread) = await AccountBalance.HeldAsync(session, cancellation);
            if (assets is null)
                return new HealthFinding("stop test", false, unread!);
            held = assets;
        }

        // Bitcoin is listed everywhere and moves least. On spot a coin that is not held: a test must not be able to sell anything.
        var instrument = instruments.Where(known => isSpot ? !held.Contains(known.Symbol.Base) : known.Symbol.Base == "BTC")
            .OrderBy(known => known.Symbol.Base switch { "BTC" => 0, "ETH" => 1, _ => 2 }).ThenBy(known => known.Symbol).FirstOrDefault();
        if (instrument is null)
            return new HealthFinding("stop test", false, isSpot ? "the account holds every coin that is listed; a test could sell one of them" : "the exchange lists no bitcoin to test a stop with");
        if (await quoteOf(instrument.Symbol) is not { } quote)
            return new HealthFinding("stop test", false, $"there is no price of {instrument.Symbol} to test a stop with");
        var trouble = await new StopSelfTest(session, time).RunAsync(instrument, quote, cancellation);
        return trouble is null
            ? new HealthFinding("stop test", true, isSpot ? $"a stop in {instrument.Symbol}, of which nothing is held, was understood" : $"a stop far from the market was placed in {instrument.Symbol} and withdrawn")
            : new HealthFinding("stop test", false, trouble);
    }
}
