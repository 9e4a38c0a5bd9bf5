using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("TelegramTrader.Tests")]
