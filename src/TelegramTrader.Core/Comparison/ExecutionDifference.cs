using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Comparison;

/// <summary>
/// What a trade brought live, less what the same trade brought on paper, and where the difference comes from. In the quote asset, to twelve decimals; negative is what live cost.
/// <see cref="Delay"/> + <see cref="Slippage"/> + <see cref="Fees"/> + <see cref="Funding"/> + <see cref="MissedFills"/> + <see cref="OtherExits"/> is <see cref="Total"/> to the last digit.
/// </summary>
/// <param name="Total">Net live − net on paper.</param>
/// <param name="Delay">The market moved between the moments at which the two executed the same order. Both were decided at one moment, so its price drops out.</param>
/// <param name="Slippage">Price of the execution against the market (mid) of that moment, live less paper.</param>
/// <param name="Fees">Fees on paper − fees live, on what both executed.</param>
/// <param name="Funding">Funding live − funding on paper, on what both executed.</param>
/// <param name="MissedFills">What only one of them filled, entries and targets, valued with the result that the other had with it.</param>
/// <param name="OtherExits">What both held and left for different reasons, at the market's prices of those moments, for example by the stop here and by an order there; and the last digits of rounding.</param>
public sealed record ExecutionDifference(decimal Total, decimal Delay, decimal Slippage, decimal Fees, decimal Funding, decimal MissedFills, decimal OtherExits)
{
    // Money of any size that is traded still fits beside these digits, so that sums of rounded parts are exact.
    private const int Digits = 12;

    public static readonly ExecutionDifference None = new(0m, 0m, 0m, 0m, 0m, 0m, 0m);

    public static ExecutionDifference operator +(ExecutionDifference left, ExecutionDifference right) => new(
        left.Total + right.Total, left.Delay + right.Delay, left.Slippage + right.Slippage, left.Fees + right.Fees, left.Funding + right.Funding,
        left.MissedFills + right.MissedFills, left.OtherExits + right.OtherExits);

    /// <summary>
    /// Splits the difference of two closed trades. With q the quantity, p the price and m the mid of an execution, s the sign of the side and c the contract size:
    /// <list type="bullet">
    /// <item>an entry leg counts as executed by both for the smaller of its two quantities; the rest is a missed fill, net of its fees and funding;</item>
    /// <item>each side's exits are scaled to the quantity that both entered, and paired by what the order was for;</item>
    /// <item>delay = s·c·(Σ exits q·(m live − m paper) − Σ entries q·(m live − m paper)), over the pairs;</item>
    /// <item>slippage = s·c·(Σ exits q·(p − m) − Σ entries q·(p − m)), live less paper;</item>
    /// <item>exits without a partner differ by s·c·(Σ q·m live − Σ q·m paper): a missed fill as far as targets are among them, another exit else.</item>
    /// </list>
    /// </summary>
    /// <param name="contractSize">Base units of one contract; above zero.</param>
    /// <exception cref="ArgumentException">One of them is not closed.</exception>
    public static ExecutionDifference Between(TradeSide side, decimal contractSize, ExecutedTrade live, ExecutedTrade paper)
    {
        var (ours, theirs) = (new ComparedSide(live), new ComparedSide(paper));
        var unit = side.Sign() * contractSize;
        var total = Round(live.Net(side, contractSize)) - Round(paper.Net(side, contractSize));

        var (common, delay, slippage, missed) = (0m, 0m, 0m, 0m);
        var (liveShare, paperShare) = (default(Carried), default(Carried));
        foreach (var leg in ours.Entries.Keys.Union(theirs.Entries.Keys))
        {
            var (here, there) = (ours.Entries.GetValueOrDefault(leg), theirs.Entries.GetValueOrDefault(leg));
            var both = Math.Min(here.Quantity, there.Quantity);
            common += both;
            if (both > 0m)
            {
                delay -= both * (here.Mid - there.Mid);
                slippage -= both * (here.Price - here.Mid - (there.Price - there.Mid));
            }

            missed += ours.Alone(here, here.Quantity - both, unit, ref liveShare) - theirs.Alone(there, there.Quantity - both, unit, ref paperShare);
        }

        var (delayOfExits, slippageOfExits, apart, shareOfTargets) = Exits(ours.ExitsFor(common), theirs.ExitsFor(common));
        delay = Round(unit * (delay + delayOfExits));
        slippage = Round(unit * (slippage + slippageOfExits));
        var fees = Round(paper.Fees - paperShare.Fees - (live.Fees - liveShare.Fees));
        var funding = Round(live.Funding - liveShare.Funding - (paper.Funding - paperShare.Funding));
        missed = Round(missed + unit * apart * shareOfTargets);
        return new ExecutionDifference(total, delay, slippage, fees, funding, missed, total - delay - slippage - fees - funding - missed);
    }

    private static (decimal Delay, decimal Slippage, decimal Apart, decimal ShareOfTargets) Exits(Dictionary<string, LotSum> live, Dictionary<string, LotSum> paper)
    {
        var (delay, slippage, apart, alone, aloneAtTargets) = (0m, 0m, 0m, 0m, 0m);
        foreach (var purpose in live.Keys.Union(paper.Keys))
        {
            var (here, there) = (live.GetValueOrDefault(purpose), paper.GetValueOrDefault(purpose));
            var both = Math.Min(here.Quantity, there.Quantity);
            delay += both * (here.Mid - there.Mid);
            slippage += here.Quantity * (here.Price - here.Mid) - there.Quantity * (there.Price - there.Mid);
            apart += (here.Quantity - both) * here.Mid - (there.Quantity - both) * there.Mid;
            alone += here.Quantity - both;
            if (here.IsTarget || there.IsTarget)
                aloneAtTargets += here.Quantity - both + (there.Quantity - both);
        }

        return (delay, slippage, apart, alone > 0m ? Math.Min(1m, aloneAtTargets / alone) : 0m);
    }

    private static decimal Round(decimal value) => Math.Round(value, Digits);

    /// <summary>Fees and funding that went with a missed fill, so that they don't count a second time.</summary>
    private record struct Carried(decimal Fees, decimal Funding);

    /// <summary>The executions of one purpose taken together.</summary>
    /// <param name="Price">Mean by quantity.</param>
    /// <param name="Mid">Mean by quantity.</param>
    private readonly record struct LotSum(decimal Quantity, decimal Price, decimal Mid, decimal Fee, bool IsTarget);

    private sealed class ComparedSide
    {
        private readonly ExecutedTrade _trade;
        private readonly Dictionary<string, LotSum> _exits;
        private readonly decimal _entered;
        private readonly decimal _meanExit;
        private readonly decimal _feesOfExits;

        public ComparedSide(ExecutedTrade trade)
        {
            if (trade.Entered != trade.Exited)
                throw new ArgumentException($"A trade that entered {trade.Entered} and left {trade.Exited} is not closed and can't be compared.", nameof(trade));
            _trade = trade;
            _entered = trade.Entered;
            Entries = SumsOf(trade.Lots.Where(lot => lot.IsEntry));
            _exits = SumsOf(trade.Lots.Where(lot => !lot.IsEntry));
            _meanExit = _entered == 0m ? 0m : _exits.Values.Sum(sum => sum.Quantity * sum.Price) / _entered;
            _feesOfExits = _exits.Values.Sum(sum => sum.Fee);
        }

        public Dictionary<string, LotSum> Entries { get; }

        /// <summary>The exits of a part of what was entered, each in its proportion.</summary>
        public Dictionary<string, LotSum> ExitsFor(decimal quantity) => _entered == 0m || quantity == 0m
            ? []
            : _exits.ToDictionary(entry => entry.Key, entry => entry.Value with { Quantity = entry.Value.Quantity * quantity / _entered });

        /// <summary>The net result of a part of an entry leg that the other side did not fill.</summary>
        public decimal Alone(LotSum leg, decimal quantity, decimal unit, ref Carried carried)
        {
            if (quantity == 0m)
                return 0m;
            var fees = leg.Fee * quantity / leg.Quantity + _feesOfExits * quantity / _entered;
            var funding = _trade.Funding * quantity / _entered;
            carried = new Carried(carried.Fees + fees, carried.Funding + funding);
            return unit * quantity * (_meanExit - leg.Price) - fees + funding;
        }

        private static Dictionary<string, LotSum> SumsOf(IEnumerable<ExecutedLot> lots) => lots.GroupBy(lot => lot.Purpose, StringComparer.Ordinal).ToDictionary(group => group.Key, group =>
        {
            var quantity = group.Sum(lot => lot.Quantity.Value);
            return new LotSum(
                quantity, group.Sum(lot => lot.Quantity.Value * lot.Price.Value) / quantity, group.Sum(lot => lot.Quantity.Value * lot.Mid.Value) / quantity,
                group.Sum(lot => lot.Fee), group.Any(lot => lot.IsTarget));
        }, StringComparer.Ordinal);
    }
}
