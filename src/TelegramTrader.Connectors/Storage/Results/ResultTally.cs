namespace TelegramTrader.Connectors.Storage.Results;

/// <summary>
/// The results of a stretch of trades in the order in which they ended, in a form in which two stretches that follow one another can be put together:
/// that is what makes statistics over years a matter of some months. Amounts are in one asset.
/// </summary>
public sealed record ResultTally
{
    /// <summary>Trades whose position was closed.</summary>
    public int Trades { get; init; }

    /// <summary>Net result above zero.</summary>
    public int Wins { get; init; }

    /// <summary>Net result below zero.</summary>
    public int Losses { get; init; }

    /// <summary>Trades that ended without ever having a position; in no other figure.</summary>
    public int Unfilled { get; init; }

    public decimal Gross { get; init; }

    /// <summary>Positive was paid.</summary>
    public decimal Fees { get; init; }

    /// <summary>Positive was received.</summary>
    public decimal Funding { get; init; }

    public decimal Net { get; init; }

    /// <summary>Sum of the net results above zero.</summary>
    public decimal Won { get; init; }

    /// <summary>Sum of the net results below zero, as a positive number.</summary>
    public decimal Lost { get; init; }

    /// <summary>Trades that have a result in R.</summary>
    public int WithR { get; init; }

    public decimal SumR { get; init; }

    public TimeSpan WinnersHeld { get; init; }

    public TimeSpan LosersHeld { get; init; }

    public NumberedResult? Best { get; init; }

    public NumberedResult? Worst { get; init; }

    /// <summary>The highest that the running net result stood, its start at zero included.</summary>
    public decimal Peak { get; init; }

    /// <summary>The lowest that the running net result stood, its start at zero included.</summary>
    public decimal Trough { get; init; }

    /// <summary>The largest fall of the running net result from an earlier high, its start at zero included; zero or more.</summary>
    public decimal Drawdown { get; init; }

    /// <summary>Fills where stop and target lay in one candle and the stop was taken.</summary>
    public int SameCandleConflicts { get; init; }

    public IReadOnlyDictionary<string, ReasonTally> ByReason { get; init; } = new Dictionary<string, ReasonTally>(StringComparer.Ordinal);

    /// <summary>wins ÷ trades, 0 to 1; null without trades. A trade that came out at exactly zero counts as a trade and not as a win.</summary>
    public decimal? WinRate => Trades == 0 ? null : (decimal)Wins / Trades;

    /// <summary>Mean result in R, fees and funding included: the expectancy. Null when no trade has one.</summary>
    public decimal? MeanR => WithR == 0 ? null : SumR / WithR;

    /// <summary>won ÷ lost; null when nothing was lost, because the ratio has no value then.</summary>
    public decimal? ProfitFactor => Lost == 0m ? null : Won / Lost;

    /// <summary>From the first fill to the end.</summary>
    public TimeSpan? MeanWinnerHeld => Wins == 0 ? null : WinnersHeld / Wins;

    public TimeSpan? MeanLoserHeld => Losses == 0 ? null : LosersHeld / Losses;
}

public sealed record NumberedResult(int Number, decimal Net);

/// <summary>The closed trades that ended for one reason.</summary>
public sealed record ReasonTally(int Trades, int Wins, decimal Net, decimal SumR);
