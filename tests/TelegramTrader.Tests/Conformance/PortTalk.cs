using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Positions;
using TelegramTrader.Core.Risk;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Conformance;

/// <summary>What a test says to an exchange port, and hears from it.</summary>
internal static class PortTalk
{
    public static IReadOnlyList<OrderAnswer> Answers(IConformanceDesk desk, string id) =>
        [.. desk.Said.OfType<EngineEvent.OrderAnswered>().Where(answered => answered.OrderId.Value == id).Select(answered => answered.Answer)];

    /// <summary>By their ids: telling one twice does no harm.</summary>
    public static IReadOnlyList<Fill> Fills(IConformanceDesk desk, string id) =>
        [.. desk.Said.OfType<EngineEvent.OrderFilled>().Select(filled => filled.Fill).Where(fill => fill.OrderId.Value == id).DistinctBy(fill => fill.FillId)];

    public static Task FilledAsync(IConformanceDesk desk, string id, decimal quantity) =>
        UntilAsync(desk, () => Fills(desk, id).Sum(fill => fill.Quantity.Value) == quantity && Answers(desk, id).Any());

    public static async Task<AccountReport> ReportAsync(IConformanceDesk desk, params string[] orders)
    {
        var ids = orders.Select(id => new ClientOrderId(id)).ToArray();
        // Pushes have the account read for other orders too, before and after what is asked here.
        IReadOnlyList<EngineEvent> Reports() =>
            [.. desk.Said.Where(said => said is EngineEvent.AccountReportFailed || said is EngineEvent.AccountReported { Report: var report } && ids.All(id => report.Orders.Any(order => order.Id == id)))];

        // The first that comes may have been begun before it was asked for, after a push; the second was not.
        for (var question = 0; question < 2; question++)
        {
            var before = Reports().Count;
            desk.Exchange.AskAccount(ids);
            await UntilAsync(desk, () => Reports().Count > before);
        }

        return Reports()[^1] is EngineEvent.AccountReported reported ? reported.Report : throw new InvalidOperationException($"There is no report: {Reports()[^1]}");
    }

    public static async Task UntilAsync(IConformanceDesk desk, Func<bool> isSo)
    {
        var from = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(from) < ManualTimeProvider.Patience, string.Join('\n', desk.Said));
            await desk.PassAsync();
        }
    }

    /// <summary>An entry needs a decision of the gate; for the exchange it is an order like any other, so a test approves it as one that was lost on the way.</summary>
    public static ApprovedOrder Approved(OrderIntent intent)
    {
        var gate = new ApprovedOrder.RiskGate(new RiskSettings(), []);
        return intent.ReduceOnly
            ? gate.ApproveReducing(intent)
            : gate.ApproveAgain(new Order { Intent = intent, CreatedAt = Some.Time, ChangedAt = Some.Time, State = new OrderState.NeverArrived() });
    }
}
