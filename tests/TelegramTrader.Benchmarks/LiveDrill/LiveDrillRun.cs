using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Benchmarks.LiveDrill;

/// <summary>
/// The program trades live against a simulated exchange that lives on in this process, and is killed again and again: itself, its gateway, or both, at any point, with
/// connections that break. Nothing may be doubled, nothing unprotected for long, and in the end its books are those of the exchange.
/// </summary>
internal sealed class LiveDrillRun
{
    /// <summary>Until the account was read after a start, faults included.</summary>
    private static readonly TimeSpan LongestToReconcile = TimeSpan.FromSeconds(60);

    /// <summary>Until the books agree with the exchange once more, faults included.</summary>
    private static readonly TimeSpan LongestToAgree = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly SeededNumbers _numbers;
    private readonly DrillVenue _venue;
    private readonly DrillMarket _market;
    private readonly DrillBot _bot;
    private readonly List<string> _violations = [];
    private readonly List<double> _reconciled = [];
    private readonly Dictionary<DrillKill, int> _kills = Enum.GetValues<DrillKill>().ToDictionary(kind => kind, _ => 0);
    private int _posts;
    private int _gatewayKillsInARow;

    private LiveDrillRun(ulong seed, DrillVenue venue, DrillMarket market, DrillBot bot) => (_numbers, _venue, _market, _bot) = (new SeededNumbers(seed), venue, market, bot);

    /// <param name="name">One of <see cref="DrillVenue.Names"/>.</param>
    /// <returns>1 when anything was wrong, 2 when there is no such market.</returns>
    public static async Task<int> RunAsync(string name, int kills, ulong seed)
    {
        if (!DrillVenue.Names.Contains(name))
        {
            Console.Error.WriteLine($"'--market' must be {string.Join(", ", DrillVenue.Names.SkipLast(1))} or {DrillVenue.Names[^1]}, but is '{name}'.");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("telegramtrader-live-drill-").FullName;
        var venue = await DrillVenue.StartAsync(name);
        await using var market = DrillMarket.Start(venue, seed);
        using var bot = new DrillBot(folder, venue);
        var run = new LiveDrillRun(seed + 100, venue, market, bot);
        var from = Stopwatch.GetTimestamp();
        await run.KillAgainAndAgainAsync(kills);
        await run.EndAsync();
        run.Report(name, seed, Stopwatch.GetElapsedTime(from));
        if (run._violations.Count > 0)
        {
            Console.WriteLine($"What the bot left behind is in {folder}");
            return 1;
        }

        bot.Dispose();
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private async Task KillAgainAndAgainAsync(int kills)
    {
        // The first start is not disturbed: until the markets were read once, there is nothing to trade.
        Start();
        await ReconciledAsync();
        _market.LetGoWrong();
        for (var done = 0; done < kills && _violations.Count == 0; done++)
        {
            // Some die while they start, most while they trade.
            if (_numbers.Chance(25))
            {
                await PauseAsync(_numbers.Next(0, 2500));
            }
            else
            {
                await ReconciledAsync();
                await AgreesAsync();
                for (var post = _numbers.Next(1, 4); post > 0; post--)
                {
                    Drop();
                    await PauseAsync(_numbers.Next(0, 1200));
                }

                // A post is found in its folder within a second, and traded in the next: some kills come before that, most in the middle of it or after.
                await PauseAsync(_numbers.Next(0, 4000));
            }

            Kill();
            LookForWrongs();
            if ((done + 1) % 25 == 0)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done + 1} kills, {_market.Venue.Orders.Count} orders, {_market.Venue.Trades.Count} executions, longest without a stop {_market.LongestBare.Time.TotalSeconds:0.0} s"));
        }
    }

    private async Task EndAsync()
    {
        _market.LetGoRight();
        _market.StandStill();
        await ReconciledAsync();
        await AgreesAsync();
        await UntilAsync(() => Differences(DrillBooks.Read(_bot.DataFolder)), LongestToAgree, "in the end the books differ from the exchange");
        LookForWrongs();
        // On a busy machine a time may be too long and all else right: it is told, and does not end the drill.
        _violations.AddRange(_market.TooLong);
    }

    private void Start()
    {
        _bot.Start();
        _market.WatchFrom(_bot.StartedAt);
        _gatewayKillsInARow = 0;
    }

    private void Kill()
    {
        var kind = (DrillKill)_numbers.Next(0, 3);
        // The supervisor waits longer with each gateway that dies young, as it should; a drill has no time for that.
        if (kind == DrillKill.Gateway && (_gatewayKillsInARow >= 2 || _bot.Gateways().Count == 0))
            kind = DrillKill.Program;
        if (_bot.HasEnded)
            _violations.Add("the program ended by itself");
        // Nobody is there to place a stop: the time counts from the restart, which of a gateway alone begins at once.
        _market.WatchFrom(kind == DrillKill.Gateway ? DateTimeOffset.UtcNow : null);
        _bot.Kill(kind);
        _kills[kind]++;
        if (kind == DrillKill.Gateway)
            _gatewayKillsInARow++;
        else
            Start();
    }

    private void Drop()
    {
        var coin = _numbers.Pick(DrillVenue.Coins).Name;
        var name = string.Create(CultureInfo.InvariantCulture, $"{++_posts:00000}.txt");
        File.WriteAllText(Path.Combine(_bot.Posts, name), DrillPosts.Make(_numbers, coin, _market.PriceOf(_venue.SymbolOf(coin)), _venue.IsSpot));
    }

    private async Task ReconciledAsync()
    {
        var since = _bot.StartedAt;
        await UntilAsync(() => DrillBooks.WasReconciled(_bot.DataFolder, since) ? [] : ["no report of the account was handled"], LongestToReconcile, "after a start the account was not read");
        if (_gatewayKillsInARow == 0)
            _reconciled.Add((DateTimeOffset.UtcNow - since).TotalMilliseconds);
    }

    /// <summary>Prices go on meanwhile, so that both may change between two looks; what is wrong stays wrong.</summary>
    private Task AgreesAsync() => UntilAsync(() => _market.Holdings.Differences(DrillBooks.Read(_bot.DataFolder)), LongestToAgree, "the books differ from what is held at the exchange");

    private string[] Differences(DrillBooks books)
    {
        var orders = DrillOrders.Of(_market.Venue);
        var open = orders.Where(order => order.IsOpen).Select(order => $"{DrillOrders.IdOf(order)} {order.Quantity}").ToHashSet(StringComparer.Ordinal);
        var live = books.Orders.Where(order => order.IsLive).Select(order => $"{order.Id} {order.Intent.Quantity}").ToHashSet(StringComparer.Ordinal);
        var executions = DrillOrders.ExecutionsOf(_market.Venue).Select(trade => string.Create(CultureInfo.InvariantCulture, $"{trade.Order.Request.Symbol}/{trade.Id}")).ToHashSet(StringComparer.Ordinal);
        var known = books.Orders.Select(order => order.Id.Value).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. _market.Holdings.Differences(books),
            .. open.Except(live).Select(order => $"open at the exchange and not in the books: {order}"),
            .. live.Except(open).Select(order => $"open in the books and not at the exchange: {order}"),
            .. executions.Except(books.FillIds).Select(id => $"an execution that was not booked: {id}"),
            .. books.FillIds.Except(executions).Select(id => $"booked and never executed: {id}"),
            .. orders.Where(order => !known.Contains(DrillOrders.IdOf(order))).Select(order => $"an order that the books do not know: {order.Request.ClientId}"),
        ];
    }

    private void LookForWrongs()
    {
        foreach (var wrong in DrillOrders.Doubled(_market.Venue).Concat(_market.Holdings.Wrong()))
            Violate(wrong);
    }

    private void Violate(string what)
    {
        if (!_violations.Contains(what))
            _violations.Add(what);
    }

    /// <param name="wrong">What is not as it should be yet.</param>
    private async Task UntilAsync(Func<IReadOnlyList<string>> wrong, TimeSpan patience, string otherwise)
    {
        var from = Stopwatch.GetTimestamp();
        var left = wrong();
        while (left.Count > 0)
        {
            if (Stopwatch.GetElapsedTime(from) > patience || _bot.HasEnded)
            {
                Violate($"{otherwise}: {string.Join("; ", left)}");
                return;
            }

            await Task.Delay(LookEvery);
            left = wrong();
        }
    }

    private static Task PauseAsync(int milliseconds) => Task.Delay(milliseconds);

    private void Report(string name, ulong seed, TimeSpan took)
    {
        double At(double share) => _reconciled.Order().ElementAt((int)(share * (_reconciled.Count - 1)));
        var books = DrillBooks.Read(_bot.DataFolder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, seed {seed}, {took.TotalMinutes:0.0} minutes; killed: {string.Join(", ", _kills.Select(entry => $"{entry.Key} {entry.Value}"))}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_posts} posts, {books.Trades} trades, {DrillOrders.Of(_market.Venue).DistinctBy(DrillOrders.IdOf).Count()} orders at the exchange, {DrillOrders.ExecutionsOf(_market.Venue).Count()} executions; {_market.Requests} requests, {_market.Faults} of them broken"));
        Console.WriteLine($"decisions: {string.Join(", ", books.Decisions)}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"longest without a stop {_market.LongestBare.Time.TotalSeconds:0.00} s ({_market.LongestBare.What})"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"from the start of the program until the account was read: median {At(0.5):0} ms, longest {At(1):0} ms, {_reconciled.Count} times"));
        foreach (var violation in _violations)
            Console.WriteLine("VIOLATION " + violation);
        if (_violations.Count == 0)
        {
            Console.WriteLine("nothing was doubled, nothing unprotected for too long, and the books are those of the exchange");
            return;
        }

        foreach (var trade in books.OpenTrades)
            Console.WriteLine($"  trade {trade.Number} {trade.Stage} {trade.Side} {trade.OpenQuantity} {trade.Instrument.Symbol} unprotected since {trade.UnprotectedSince}");
        foreach (var order in books.Orders.Where(order => order.IsLive || order.InDoubt))
            Console.WriteLine($"  order {order.Id} {order.Intent.Kind} {order.Intent.Quantity} {order.State} filled {order.Filled} changed {order.ChangedAt}");
        foreach (var line in _market.LastRequests.Concat(_bot.LastLines))
            Console.WriteLine("  " + line);
    }
}
