using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Trading.Twin;

/// <summary>What the twin hears of the live desk: one of a closed set.</summary>
public abstract record TwinInput
{
    private TwinInput()
    {
    }

    /// <param name="At">When we learnt of it.</param>
    public sealed record Priced(Quote Quote, Instant At) : TwinInput;

    public sealed record Committed(EngineCommit Commit) : TwinInput;

    public sealed record Listed(IReadOnlyList<Instrument> Instruments, Instant At) : TwinInput;

    public sealed record Funded(Symbol Symbol, decimal Rate, Instant At) : TwinInput;

    public sealed record PricesLost(Instant At) : TwinInput;

    public sealed record PricesBack(Instant At) : TwinInput;
}
