using TelegramTrader.Core.Orders;

namespace TelegramTrader.Core.Risk;

/// <summary>
/// An order that the risk gate let through. Only the gate can make one, and an exchange accepts nothing else: the compiler keeps the promise
/// that no order goes out unchecked.
/// </summary>
public sealed class ApprovedOrder
{
    private ApprovedOrder(OrderIntent intent) => Intent = intent;

    public OrderIntent Intent { get; }

    /// <summary>The only maker of approved orders.</summary>
    public sealed class RiskGate(RiskSettings settings, IReadOnlyList<IRiskRule> rules, bool followsAnotherDesk = false)
    {
        public RiskSettings Settings { get; } = settings;

        /// <summary>Checks a plan against every rule in order and stops at the first that says no.</summary>
        public RiskDecision Decide(TradePlan plan, Portfolio portfolio)
        {
            var proposal = new RiskProposal(plan, portfolio, Settings, PositionSizer.Size(plan, portfolio, Settings));
            var checks = new List<RiskCheck>(rules.Count);
            foreach (var rule in rules)
            {
                var check = rule.Check(proposal);
                checks.Add(check);
                if (!check.Passed)
                    return new RiskDecision(plan, checks, proposal.Sizing, new Denial(check.Code, check.Name, check.Measured, check.Limit));
            }

            return new RiskDecision(plan, checks, proposal.Sizing, null);
        }

        /// <summary>An entry order of a plan that passed. Throws when the decision was a denial or the order is larger than what was decided.</summary>
        public ApprovedOrder ApproveEntry(RiskDecision decision, OrderIntent intent)
        {
            if (decision.Denial is { } denial)
                throw new InvalidOperationException($"Order {intent.Id} belongs to a plan that was denied ({denial.Code}).");
            if (decision.Sizing is not { } sizing || intent.Quantity > sizing.Quantity)
                throw new InvalidOperationException($"Order {intent.Id} of {intent.Quantity} is larger than the {decision.Sizing?.Quantity} that was decided.");
            return new ApprovedOrder(intent);
        }

        /// <summary>An order that can only make a position smaller needs no limit. Throws for any other.</summary>
        public ApprovedOrder ApproveReducing(OrderIntent intent) =>
            intent.ReduceOnly
                ? new ApprovedOrder(intent)
                : throw new InvalidOperationException($"Order {intent.Id} is not reduce-only and must pass the risk rules.");

        /// <summary>
        /// An entry order of a trade that passed the gate of another desk, in the size that was decided there. Throws in every engine that was not made to follow one;
        /// such an engine exists only over a simulated exchange.
        /// </summary>
        public ApprovedOrder ApproveFollowed(OrderIntent intent) =>
            followsAnotherDesk
                ? new ApprovedOrder(intent)
                : throw new InvalidOperationException($"Order {intent.Id} was decided by another desk and must pass the risk rules here.");

        /// <summary>
        /// The same order once more, because the exchange said that it never arrived. Only an order that was approved before, has no fill and
        /// is known not to exist may go again, and it goes under the same id, so that it can't be doubled.
        /// </summary>
        public ApprovedOrder ApproveAgain(Order order) =>
            order.State is OrderState.NeverArrived && order.Filled.IsZero
                ? new ApprovedOrder(order.Intent)
                : throw new InvalidOperationException($"Order {order.Id} is {order.State.Phase} with {order.Filled} filled and must not be sent again.");
    }
}

/// <summary>What the gate decided, with every check it made and the size it computed. Only the gate makes one, else approvals could be forged.</summary>
public sealed record RiskDecision
{
    internal RiskDecision(TradePlan plan, IReadOnlyList<RiskCheck> checks, Sizing? sizing, Denial? denial)
    {
        Plan = plan;
        Checks = checks;
        Sizing = sizing;
        Denial = denial;
    }

    public TradePlan Plan { get; }

    public IReadOnlyList<RiskCheck> Checks { get; }

    public Sizing? Sizing { get; }

    public Denial? Denial { get; }
}
