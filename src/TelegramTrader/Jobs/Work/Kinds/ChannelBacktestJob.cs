using System.Diagnostics;
using TelegramTrader.Backtests;
using TelegramTrader.Charts;
using TelegramTrader.Cli.Backtests;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Settings;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>The stored posts of one channel through the engine over prices of the past, as <c>backtest signals --messages</c> of the command line: what following it would have brought.</summary>
internal sealed class ChannelBacktestJob(PastPosts posts, PastPrices prices, ISignalParser parser, AppSettings settings, ChartStyle style) : IJobKind
{
    private const int Offered = 12;

    private static readonly LineOption s_limits = new("limits", "1: one account with its limits; 0: each signal alone", 0, 1, 1) { IsWhole = true };
    private static readonly IReadOnlyList<LineOption> s_options = [ChannelLine.Delay, s_limits];

    public string Name => "channel";

    public string Command => "backtest";

    public bool Takes(IReadOnlyList<string> words) => words.Count == 0 || posts.Find(words[0]) is not null;

    public JobCheck Check(IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return new JobCheck.Asks("Or the posts of which channel?", [.. posts.Channels().Take(Offered).Select(channel => new JobChoice(channel.Value, channel.Value))]);
        var channel = posts.Find(words[0])!.Value;
        if (words.Count == 1)
            return new JobCheck.Asks($"The posts of {channel}: how far back from the last?", ChannelLine.Ranges(channel.Value));
        var (line, trouble) = ChannelLine.Read(words.Skip(1), s_options);
        return line is null ? new JobCheck.Wrong(trouble) : new JobCheck.Ready(string.Join(' ', [channel.Value, .. words.Skip(1)]));
    }

    public JobOutcome Run(JobWork work)
    {
        var words = work.Arguments.Split(' ');
        var channel = new ChannelId(words[0]);
        var (line, trouble) = ChannelLine.Read(words.Skip(1), s_options);
        if (line is null)
            return new JobOutcome.Failed(trouble);
        var (messages, notes) = posts.Read(channel, line.Days, work.Cancellation);
        if (messages.Count == 0)
            return new JobOutcome.Failed($"No posts of {channel} are stored.");
        var from = Stopwatch.GetTimestamp();
        try
        {
            var result = new ChannelBacktest(parser).Run(
                new ChannelBacktestOrder
                {
                    Messages = messages,
                    Prices = prices,
                    Settings = posts.SettingsFor(messages, work.Cancellation),
                    Simulation = settings.Simulation,
                    Delay = TimeSpan.FromSeconds((double)line.Option(ChannelLine.Delay)!),
                    WithLimits = line.Option(s_limits) == 1m,
                },
                work.Progress, work.Cancellation);
            var told = new PostsVerb.Results(result, settings.Simulation, [], Stopwatch.GetElapsedTime(from));
            return new JobOutcome.Done(ChannelRows.Of(result, notes), PostsJson.Of(told)) { Charts = PostCharts.Equity(channel.Value, result.Result, style) is { } chart ? [chart] : [] };
        }
        catch (PriceSourceException exception)
        {
            return new JobOutcome.Failed(exception.Message);
        }
    }
}
