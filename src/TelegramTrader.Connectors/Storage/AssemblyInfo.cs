using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("TelegramTrader.Tests")]
[assembly: InternalsVisibleTo("TelegramTrader.Benchmarks")]
