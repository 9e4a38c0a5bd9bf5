namespace TelegramTrader.Core.Signals.Parsing.Vocabulary;

/// <summary>
/// What a word or phrase means in a trading post, whatever the language. The names are the section heads of the word lists
/// in small letters with dashes: <c>[stop-order]</c>. A word may have several meanings; its surroundings decide.
/// </summary>
internal enum Term
{
    // Labels: the numbers after them are a field.
    Entry,

    /// <summary>A further entry: "DCA 23.20".</summary>
    Addition,
    Target,
    Stop,
    Leverage,
    Size,
    Risk,
    RiskReward,
    Instrument,
    CurrentPrice,
    Price,
    Zone,
    Trailing,
    Trigger,
    Profit,
    Loss,

    /// <summary>A label whose numbers are not prices to trade at: signal number, duration, volume …</summary>
    OtherLabel,

    /// <summary>Support, resistance and other places on a chart.</summary>
    ChartLevel,

    // Side and kind of order.
    Long,
    Short,
    Buy,
    Sell,

    /// <summary>The other side's words used to open: "opening", "position" in front of a side.</summary>
    Open,
    Now,
    MarketOrder,

    /// <summary>The market as a noun: says how to enter only right beside an entry label.</summary>
    MarketName,
    LimitOrder,
    StopOrder,
    Above,
    Below,
    Around,
    Between,
    RangeTo,
    And,
    Or,
    At,
    Breakout,
    Candle,
    CandleClose,
    Cross,
    Isolated,
    Spot,
    Futures,
    Horizon,
    Runner,
    NoNumber,

    // Follow-ups.
    Close,
    Cancel,
    Move,
    Take,

    /// <summary>Lock in, protect: done by the stop as well as by closing a part.</summary>
    Secure,
    Hit,
    Filled,
    StoppedOut,
    Breakeven,
    Half,
    Third,
    Quarter,
    All,
    Part,
    Rest,
    Reenter,
    Hold,
    Trade,
    Order,
    Running,
    New,
    Near,

    // How a sentence is meant.
    Not,
    If,

    /// <summary>"in order to": what follows is what an action is for, not a further action.</summary>
    Purpose,
    Past,

    /// <summary>A day that is over, "yesterday", "last week": the trade told of is no new one.</summary>
    Recall,
    Expectation,
    We,
    You,
    Question,
    Optional,

    // Numbers and time.
    OrdinalFirst,
    OrdinalSecond,
    OrdinalThird,
    OrdinalFourth,
    OrdinalFifth,
    OrdinalSixth,
    OrdinalSeventh,
    OrdinalEighth,
    OrdinalLast,
    Thousand,
    TenThousand,
    Million,
    Satoshi,
    Dollar,
    Percent,
    Points,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Valid,
    Timeframe,

    // What a post that is no signal is about.
    Advert,
    Membership,
    Contact,
    News,
    Pump,
    Giveaway,
    Education,
    Chat,
    Announcement,
    Analysis,
    Mood,
    Result,
    Congratulation,
    Venue,
    NotAnAsset,

    /// <summary>A small word of a language, "for", "the": no asset unless a tag says so.</summary>
    FunctionWord,
    SignalWord,

    /// <summary>Known, and of no meaning here: a phrase that would else be taken for its words ("as long as").</summary>
    Neutral,
}
