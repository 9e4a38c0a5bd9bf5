using TelegramTrader.Chat.Jobs;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class ScorecardCommand(TradingDesk desk, Formats formats, JobKinds kinds, JobDesk jobs) : JobCommand(desk, formats, kinds, jobs)
{
    public override string Name => "scorecard";

    public override string Arguments => "[CHANNEL] [90d] [delay=30]";

    public override string Help => "what channels are worth to somebody who follows them: all ranked, or one in full";
}
