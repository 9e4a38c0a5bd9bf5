using TelegramTrader.Core.Engine;
using TelegramTrader.Core.Positions;

namespace TelegramTrader.Tests.Scenarios;

/// <summary>Settings as scenario files write them: <c>settings trailing=2%/1% orders-per-range=2 holds-stops=no pairs=yes</c>.</summary>
internal static class ScenarioSettings
{
    public static EngineSettings Read(string[] words, EngineSettings settings, ref ExchangeCapabilities capabilities, ref bool holdsPairs)
    {
        foreach (var word in words)
        {
            var (name, value) = (word.Split('=')[0], word.Split('=')[1]);
            if (name == "holds-stops")
                capabilities = capabilities with { HoldsStops = value == "yes" };
            else if (name == "arrives-within")
                capabilities = capabilities with { ArrivesWithin = SignalLine.Span(value) };
            else if (name == "pairs")
                holdsPairs = value == "yes";
            else
                settings = name switch
                {
                    "trailing" => settings with { Trailing = new TrailingStop(SignalLine.Percent(value.Split('/')[0]), SignalLine.Percent(value.Split('/')[1])) },
                    "orders-per-range" => settings with { OrdersPerRange = (int)SignalLine.Number(value) },
                    "breakeven-after" => settings with { BreakevenAfterTarget = (int)SignalLine.Number(value) },
                    "breakeven-offset" => settings with { BreakevenOffset = SignalLine.Percent(value) },
                    "close-after" => settings with { CloseAfter = SignalLine.Span(value) },
                    "candles" => settings with { CandlesClose = value == "yes" },
                    "entry-valid" => settings with { EntryValidFor = SignalLine.Span(value) },
                    "ask-every" => settings with { AskAccountEvery = SignalLine.Span(value) },
                    "unreadable-after" => settings with { Risk = settings.Risk with { AccountUnreadableAfter = SignalLine.Span(value) } },
                    "probation" => settings with { DeniesOnProbation = value == "yes" },
                    "flatten-on-loss" => settings with { FlattenOnLossLimit = value == "yes" },
                    "withdraw-entries" => settings with { WithdrawEntriesAfterTarget = value == "yes" },
                    "per-symbol" => settings with { Risk = settings.Risk with { PositionsPerSymbol = (int)SignalLine.Number(value) } },
                    "per-channel" => settings with { Risk = settings.Risk with { PositionsPerChannel = (int)SignalLine.Number(value) } },
                    "at-once" => settings with { Risk = settings.Risk with { PositionsAtOnce = (int)SignalLine.Number(value) } },
                    "risk" => settings with { Risk = settings.Risk with { RiskPerTrade = SignalLine.Percent(value), HighestRiskPerTrade = SignalLine.Percent(value) } },
                    "total-risk" => settings with { Risk = settings.Risk with { TotalOpenRisk = SignalLine.Percent(value) } },
                    "exposure" => settings with { Risk = settings.Risk with { TotalExposure = SignalLine.Number(value) } },
                    "largest" => settings with { Risk = settings.Risk with { LargestPosition = SignalLine.Number(value) } },
                    "daily-loss" => settings with { Risk = settings.Risk with { DailyLoss = SignalLine.Percent(value) } },
                    "weekly-loss" => settings with { Risk = settings.Risk with { WeeklyLoss = SignalLine.Percent(value) } },
                    "duplicate-window" => settings with { Risk = settings.Risk with { DuplicateWindow = SignalLine.Span(value) } },
                    _ => throw new FormatException($"'{name}' is not a setting that scenarios know."),
                };
        }

        return settings;
    }
}
