using TelegramTrader.Core.Engine;

namespace TelegramTrader.Tests.Conformance;

/// <summary>One implementation of the engine's exchange port with a market behind it that the test moves.</summary>
public interface IConformanceDesk : IAsyncDisposable
{
    IExchange Exchange { get; }

    /// <summary>All that the port has said so far, in order.</summary>
    IReadOnlyList<EngineEvent> Said { get; }

    /// <summary>Whether answers can get lost on the way to it.</summary>
    bool LosesAnswers { get; }

    /// <summary>How many orders the market itself ever took.</summary>
    int OrdersTaken { get; }

    void MovePrice(decimal bid, decimal ask);

    /// <summary>How much the book holds from now on; null for any amount.</summary>
    void OfferVolume(decimal? quantity);

    /// <summary>Settles funding now.</summary>
    void Fund(decimal rate);

    /// <summary>The next order does not get its answer. Where answers can't be lost nothing happens.</summary>
    /// <param name="hasEffect">It arrives all the same.</param>
    void LoseNextAnswer(bool hasEffect);

    /// <summary>Whether it changes a waiting stop in place.</summary>
    bool AmendsStops { get; }

    /// <summary>The next change of an order does not get its answer. Where answers can't be lost nothing happens.</summary>
    /// <param name="hasEffect">It is made all the same.</param>
    void LoseNextAmendment(bool hasEffect);

    /// <summary>Lets what is under way go on for a moment.</summary>
    Task PassAsync();
}
