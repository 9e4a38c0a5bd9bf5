using BenchmarkDotNet.Running;
using TelegramTrader.Benchmarks;
using TelegramTrader.Benchmarks.ChannelLoad;
using TelegramTrader.Benchmarks.FeedDay;
using TelegramTrader.Benchmarks.LiveDrill;

// Latency has percentiles, a start-up is a process and fuzzing looks for the worst: these measure themselves. Everything else is BenchmarkDotNet's.
return args switch
{
    ["message-to-order", ..] => MessageToOrder.Run(Count(2000)),
    ["parser-fuzz", ..] => ParserFuzz.Run(Count(1_000_000)),
    ["reconciler-faults", ..] => ReconcilerFaults.Run(Count(10_000), Option("--seed", 1), holdsStops: !args.Contains("--without-stops")),
    ["start", ..] => await StartAndMemory.RunAsync(Count(10)),
    ["channel-load", ..] => await ChannelLoadRun.RunAsync(args[1..]),
    ["parser-latency", ..] => ParserLatency.Run(Count(100)),
    ["candle-store", ..] => CandleStoreReads.Run(Count(525_600)),
    ["import", ..] => ImportOfAnExport.Run(Count(1_000_000)),
    ["exchange-latency", ..] => await ExchangeLatency.RunAsync(Count(200)),
    ["live-drill", ..] => await LiveDrillRun.RunAsync(Text("--market", DrillVenue.Names[0]), Option("--kills", 300), (ulong)Option("--seed", 20261121)),
    ["feed-day", ..] => await FeedDayRun.RunAsync(Option("--symbols", 50), Option("--hours", 24), Option("--speed", 600)),
    ["statistics-speed", ..] => await StatisticsSpeed.RunAsync(Count(1_000_000)),
    ["chat-latency", ..] => await ChatLatency.RunAsync(Count(500)),
    ["strategy-speed", ..] => StrategySpeed.Run(args[1..]),
    ["sweep-speed", ..] => SweepSpeed.Run(args[1..]),
    ["signal-speed", ..] => SignalSpeed.Run(args[1..]),
    ["indicator-speed", ..] => IndicatorSpeed.Run(args[1..]),
    ["chart-speed", ..] => await ChartSpeed.RunAsync(Count(21)),
    _ => Benchmarks(),
};

int Count(int usual) => args.Length > 1 && int.TryParse(args[1], out var count) && count is > 0 and <= 100_000_000 ? count : usual;

int Option(string name, int usual) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length && int.TryParse(args[at + 1], out var value) && value >= 0 ? value : usual;

string Text(string name, string usual) => Array.IndexOf(args, name) is >= 0 and var at ? args.ElementAtOrDefault(at + 1) ?? "" : usual;

int Benchmarks()
{
    BenchmarkSwitcher.FromAssembly(typeof(EngineQuotes).Assembly).Run(args);
    return 0;
}
