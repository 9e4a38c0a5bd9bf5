using System.Globalization;
using TelegramTrader.Core.Engine;

namespace TelegramTrader.Connectors.Storage.Journal;

/// <summary>A commit was not written, none of it. The engine's memory is ahead of storage then, and only a restart is safe.</summary>
public sealed class CommitRefusedException(EngineCommit commit, Exception cause) : Exception(
    string.Create(CultureInfo.InvariantCulture, $"The commit of {commit.Event.GetType().Name} at {commit.Now} was refused and nothing of it was written: {cause.Message}"), cause);
