using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Market;
using TelegramTrader.Trading;

namespace TelegramTrader.Chat.Commands;

public sealed class BalancesCommand(TradingDesk desk, Formats formats) : ChatCommand(desk, formats)
{
    public override string Name => "balances";

    public override string Help => "what is in the account";

    public override CommandGroup Group => CommandGroup.See;

    public override async Task<ChatAnswer> AnswerAsync(ChatRequest request, CancellationToken cancellation)
    {
        var snapshot = await Desk.SnapshotAsync();
        if (snapshot is not { Wallet: { } wallet, Equity: { } equity })
            return ChatAnswer.Of("The account has not been read yet, or a price is missing.");
        var margin = snapshot.Trades.Aggregate(Money.Zero(wallet.Asset), (sum, view) => sum + TradeExposures.Margin(view.Trade));
        var text = new AnswerBuilder()
            .Heading($"{Desk.Label} account {Desk.Settings.Account}")
            .Line($"Wallet {Formats.Money(wallet)}")
            .Line($"Open profit or loss {Formats.Change(equity - wallet)}")
            .Plain("Equity ").Bold(Formats.Money(equity)).EndRow()
            .Line($"Set aside as margin {Formats.Money(margin)}, free {Formats.Money(equity - margin)}");
        if (snapshot.Day is { } day)
            text.Line($"Today {Formats.Change(equity - day.Equity)} ({Formats.ChangePercent(-day.LossAt(equity))}) since {Formats.ShortTime(day.Since)}, from {Formats.Money(day.Equity)}");
        if (snapshot.Week is { } week)
            text.Line($"This week {Formats.Change(equity - week.Equity)} ({Formats.ChangePercent(-week.LossAt(equity))}) since {Formats.ShortTime(week.Since)}, from {Formats.Money(week.Equity)}");
        return text.Buttons(new ChatButton("Refresh", new ButtonData.Refresh("/balances").ToString())).Build();
    }
}
