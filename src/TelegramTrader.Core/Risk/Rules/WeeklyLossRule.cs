namespace TelegramTrader.Core.Risk.Rules;

/// <summary>Loss since the start of the week, open loss included, against the equity at its start.</summary>
public sealed class WeeklyLossRule() : LossRule("weekly-loss", "loss of the week")
{
    protected override LossBaseline? Baseline(Portfolio portfolio) => portfolio.Week;

    protected override decimal Limit(RiskSettings settings) => settings.WeeklyLoss;
}
