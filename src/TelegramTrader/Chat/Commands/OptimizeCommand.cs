using TelegramTrader.Chat.Jobs;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class OptimizeCommand(TradingDesk desk, Formats formats, JobKinds kinds, JobDesk jobs) : JobCommand(desk, formats, kinds, jobs)
{
    public override string Name => "optimize";

    public override string Arguments => "[STRATEGY SYMBOL TIMEFRAME fast=5..50:5 … 90d]";

    public override string Help => "try many settings of a strategy on the prices of the past, the best first, and whether that is luck";
}
