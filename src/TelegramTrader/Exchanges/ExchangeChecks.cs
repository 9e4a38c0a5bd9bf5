using System.Globalization;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Exchanges;
using TelegramTrader.Core.Market;
using TelegramTrader.Settings;
using TelegramTrader.Trading;

namespace TelegramTrader.Exchanges;

/// <summary>Whether the connected exchange, and the account there, can be traded on. Each finding is a tick or a sentence that says what to do.</summary>
public static class ExchangeChecks
{
    // Beyond this a signed request comes too late or too early on most exchanges, were it not made good.
    private static readonly TimeSpan LargestClockOffset = TimeSpan.FromSeconds(2);

    /// <param name="hasKeys">Whether the account has keys; without, only what is public is looked at.</param>
    /// <param name="watchedStops">What is set for an exchange that can hold no stops.</param>
    public static async Task<IReadOnlyList<HealthFinding>> LookAsync(ExchangeSession session, bool hasKeys, WatchedStopsPolicy watchedStops, CancellationToken cancellation)
    {
        if (session.State is not SessionState.Open { Abilities: var abilities })
            return [new HealthFinding("exchange", false, session.State is SessionState.Closed closed ? $"{session.Account.Exchange} can't be reached: {closed.Reason}" : "not reached")];
        var findings = new List<HealthFinding> { new("exchange", true, $"{session.Account.Exchange}{(session.Account.Sandbox ? " (test network)" : "")} answers") };
        var offset = session.ClockOffset ?? TimeSpan.Zero;
        findings.Add(new HealthFinding("clock", offset.Duration() <= LargestClockOffset, string.Create(CultureInfo.InvariantCulture,
            $"{offset.Duration().TotalMilliseconds:0} ms {(offset < TimeSpan.Zero ? "ahead of" : "behind")} the exchange{(offset.Duration() <= LargestClockOffset ? "" : "; let the system keep its time (NTP)")}")));
        if (!hasKeys)
            return findings;
        findings.AddRange(Abilities(session.Account, abilities, watchedStops));
        var (permissions, failure) = await KeyPermissions.ReadAsync(session, cancellation);
        findings.Add(failure is not null ? new HealthFinding("keys", false, TraderWords.Of(failure.Error, session.Account.Exchange, AfterRefusal.Over))
            : permissions!.Objection is { } objection ? new HealthFinding("keys", false, objection)
            : new HealthFinding("keys", true, permissions.MayWithdraw is false ? "may trade and not withdraw" : $"{session.Account.Exchange} does not say what they may do; see to it yourself that they can't withdraw"));
        var (balance, trouble) = await AccountBalance.ReadAsync(session, cancellation);
        findings.Add(balance is null ? new HealthFinding("account", false, trouble!)
            : new HealthFinding("account", balance.Total.Amount > 0m, $"{session.Account.Id} holds {balance.Total}, {balance.Free} of it free"));
        return findings;
    }

    private static IEnumerable<HealthFinding> Abilities(ExchangeAccount account, ExchangeAbilities abilities, WatchedStopsPolicy watchedStops)
    {
        if (LiveObstacle.Of(account, abilities, watchedStops) is { } obstacle)
        {
            yield return new HealthFinding("abilities", false, $"{account.Exchange} can't be traded live: {obstacle}");
            yield break;
        }

        yield return new HealthFinding("abilities", true, (account.HoldsStops ? "holds stops, " : "") + (abilities.IsSpot ? "takes our order ids, tells executions" : "takes our order ids, has reduce-only orders"));
        if (!account.HoldsStops)
            yield return new HealthFinding("stops", true, WatchedStopsText.Danger) { IsWarning = true };
    }

    /// <summary>Places and withdraws the smallest limit order far below the market: where no stop can be tested, that orders can be placed and withdrawn.</summary>
    public static async Task<HealthFinding> TestOrderAsync(ExchangeSession session, IEnumerable<Instrument> instruments, Func<Symbol, Task<Quote?>> quoteOf, TimeProvider time, CancellationToken cancellation)
    {
        // Bitcoin is listed everywhere and moves least.
        if (instruments.FirstOrDefault(known => known.Symbol.Base == "BTC") is not { } instrument)
            return new HealthFinding("order test", false, "the exchange lists no bitcoin to test an order with");
        if (await quoteOf(instrument.Symbol) is not { } quote)
            return new HealthFinding("order test", false, $"there is no price of {instrument.Symbol} to test an order with");
        var isPostOnly = session.State is SessionState.Open { Abilities.PostOnly: true };
        return await new OrderSelfTest(session, time).RunAsync(instrument, quote, isPostOnly, cancellation) is { } trouble
            ? new HealthFinding("order test", false, trouble)
            : new HealthFinding("order test", true, $"the smallest order was placed far below the market in {instrument.Symbol} and withdrawn");
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
