using Microsoft.Extensions.Logging;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <summary>Errors of the run, and nothing below them, on the error stream.</summary>
internal sealed class ErrorLines : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Console.Error.WriteLine($"{formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
