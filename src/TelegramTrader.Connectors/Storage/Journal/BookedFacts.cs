using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Connectors.Storage.Journal;

/// <summary>Which facts from outside a commit booked, by the keys under which the engine remembers them.</summary>
internal static class BookedFacts
{
    public static string Fill(AccountId account, string fillId) => $"fill:{account}/{fillId}";

    public static string Funding(AccountId account, string paymentId) => $"funding:{account}/{paymentId}";

    public static string Command(string id) => $"command:{id}";

    /// <summary>The account a payment was booked on is that of the trade, which changes with it.</summary>
    public static AccountId AccountOf(BookedFunding funding, EngineChanges changes) => changes.Trades[funding.TradeNumber].Account;

    /// <summary>Booked by this commit, and by none before it.</summary>
    public static HashSet<string> New(EngineCommit commit)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var booked in commit.Changes.Fills)
            keys.Add(Fill(booked.Fill.Account, booked.Fill.FillId));
        foreach (var booked in commit.Changes.Funding)
            keys.Add(Funding(AccountOf(booked, commit.Changes), booked.PaymentId));
        switch (commit.Event)
        {
            // A fill or payment that belongs to no trade of ours is booked too, so that it is told of once; one that was booked before leaves no commit.
            case EngineEvent.OrderFilled filled:
                keys.Add(Fill(filled.Fill.Account, filled.Fill.FillId));
                break;
            case EngineEvent.FundingPaid paid:
                keys.Add(Funding(paid.Account, paid.PaymentId));
                break;
            case EngineEvent.OperatorCommanded commanded when IsCarriedOut(commit):
                keys.Add(Command(commanded.Command.Id));
                break;
        }

        return keys;
    }

    /// <summary>Booked after this commit, by it or by an earlier one: all that an account report names.</summary>
    public static IEnumerable<string> Reported(EngineCommit commit) => commit.Event is EngineEvent.AccountReported { Report: var report }
        ? report.Fills.Select(fill => Fill(fill.Account, fill.FillId)).Concat(report.Funding.Select(paid => Funding(paid.Account, paid.PaymentId)))
        : [];

    /// <summary>A command that is repeated is answered and changes nothing, not even what was booked.</summary>
    public static bool IsCarriedOut(EngineCommit commit) => commit.Changes.Any;
}
