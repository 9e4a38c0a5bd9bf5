using TelegramTrader.Chat.Jobs;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class BacktestCommand(TradingDesk desk, Formats formats, JobKinds kinds, JobDesk jobs) : JobCommand(desk, formats, kinds, jobs)
{
    public override string Name => "backtest";

    public override string Arguments => "[STRATEGY SYMBOL TIMEFRAME fast=10 … 90d|CHANNEL 90d]";

    public override string Help => "what a strategy, or following a channel, would have made of the prices of the past";
}
