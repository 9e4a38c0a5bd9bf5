using System.Diagnostics;
using System.Globalization;
using TelegramTrader.Backtests;
using TelegramTrader.Charts;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Charts;
using TelegramTrader.Core.Judgement.Scorecards;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Settings;

namespace TelegramTrader.Jobs.Work.Kinds;

/// <summary>What channels are worth by their stored posts and the prices that followed, as <c>scorecard</c> of the command line: all of them ranked, or the card of one.</summary>
internal sealed class ScorecardJob(PastPosts posts, PastPrices prices, ISignalParser parser, AppSettings settings, ChartStyle style, Formats formats) : IJobKind
{
    private const int MostNamed = 12;

    private static readonly LineOption s_limits = new("limits", "0: each signal alone; 1: one account a channel, with its limits", 0, 1, 0) { IsWhole = true };
    private static readonly LineOption s_least = new("least", "closed positions; with fewer a channel is not judged", 1, 100_000, null) { IsWhole = true };
    private static readonly IReadOnlyList<LineOption> s_options = [ChannelLine.Delay, s_limits, s_least];

    public string Name => "scorecard";

    public string Command => "scorecard";

    public bool Takes(IReadOnlyList<string> words) => true;

    public JobCheck Check(IReadOnlyList<string> words)
    {
        var channels = posts.Channels();
        if (channels.Count == 0)
            return new JobCheck.Wrong("No posts are stored yet. They come with every channel that is followed; /backfill fetches earlier ones.");
        ChannelId? channel = null;
        if (NamesChannel(words))
        {
            channel = posts.Find(words[0]);
            if (channel is null)
                return new JobCheck.Wrong($"No posts of '{words[0]}' are stored. There are posts of {string.Join(", ", channels.Take(MostNamed))}{(channels.Count > MostNamed ? " and others" : "")}.");
            if (words.Count == 1)
                return new JobCheck.Asks($"The scorecard of {channel}: how far back from its last post?", ChannelLine.Ranges(channel.Value.Value));
        }

        var (line, trouble) = ChannelLine.Read(words.Skip(channel is null ? 0 : 1), s_options);
        if (line is null)
            return new JobCheck.Wrong(trouble);
        IEnumerable<string> said = channel is { Value: var name } ? [name, .. words.Skip(1)] : words;
        return new JobCheck.Ready(string.Join(' ', line.HasRange ? said : [.. said, "all"]));
    }

    public JobOutcome Run(JobWork work)
    {
        var words = work.Arguments.Split(' ');
        ChannelId? channel = NamesChannel(words) ? new ChannelId(words[0]) : null;
        var (line, trouble) = ChannelLine.Read(words.Skip(channel is null ? 0 : 1), s_options);
        if (line is null)
            return new JobOutcome.Failed(trouble);
        var (messages, notes) = posts.Read(channel, line.Days, work.Cancellation);
        if (messages.Count == 0)
            return new JobOutcome.Failed(channel is null ? "No posts are stored." : $"No posts of {channel} are stored.");
        var order = new ScorecardOrder
        {
            Messages = messages,
            Prices = prices,
            Settings = posts.SettingsFor(messages, work.Cancellation),
            Simulation = settings.Simulation,
            Delay = TimeSpan.FromSeconds((double)line.Option(ChannelLine.Delay)!),
            OtherDelays = ScorecardOrder.UsualDelays,
            WithLimits = line.Option(s_limits) == 1m,
            Scorecards = settings.Scorecards with { LeastClosed = (int?)line.Option(s_least) ?? settings.Scorecards.LeastClosed },
        };
        var from = Stopwatch.GetTimestamp();
        try
        {
            var result = new ScorecardRun(parser).Run(order, work.Progress, work.Cancellation);
            notes = [.. notes, .. result.Notes];
            return new JobOutcome.Done(Rows(result.Ranking, channel, order, notes), ScorecardJson.Of(result.Ranking, order.Scorecards, order.WithLimits, notes, [], Stopwatch.GetElapsedTime(from)))
            {
                Charts = ScorecardCharts.Of(result, order.Scorecards, style) is { } chart ? [chart] : [],
            };
        }
        catch (PriceSourceException exception)
        {
            return new JobOutcome.Failed(exception.Message);
        }
    }

    private IReadOnlyList<TextRow> Rows(IReadOnlyList<RankedCard> ranking, ChannelId? channel, ScorecardOrder order, IReadOnlyList<string> notes)
    {
        var text = new AnswerBuilder();
        if (channel is null)
        {
            ScorecardText.WriteRanking(text, ranking, MostNamed);
            text.Line(string.Create(CultureInfo.InvariantCulture, $"/scorecard CHANNEL shows one in full.{(order.Delay == TimeSpan.Zero ? "" : $" Posts were acted upon after {formats.Age(order.Delay)}.")}"));
        }
        else
        {
            ScorecardText.Write(text, ranking.Single(), formats);
        }

        foreach (var note in notes)
            text.Line(note);
        return text.Italic(order.WithLimits ? "Each channel trades one account with all limits." : "Each signal is taken alone, without the limits of an account.").EndRow().Build().Rows;
    }

    private static bool NamesChannel(IReadOnlyList<string> words) => words.Count > 0 && !words[0].Contains('=', StringComparison.Ordinal) && !ChannelLine.IsRange(words[0]);
}
