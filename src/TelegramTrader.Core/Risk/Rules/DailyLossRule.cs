namespace TelegramTrader.Core.Risk.Rules;

/// <summary>Loss since the start of the day, open loss included, against the equity at its start.</summary>
public sealed class DailyLossRule() : LossRule("daily-loss", "loss of the day")
{
    protected override LossBaseline? Baseline(Portfolio portfolio) => portfolio.Day;

    protected override decimal Limit(RiskSettings settings) => settings.DailyLoss;
}
