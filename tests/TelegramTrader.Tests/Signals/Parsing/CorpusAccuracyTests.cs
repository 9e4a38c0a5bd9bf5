using System.Text.Json;
using TelegramTrader.Core.Signals.Parsing;
using TelegramTrader.Core.Signals.Parsing.Reports;
using Xunit.Abstractions;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>
/// Scores the parser on labelled real posts, where a folder <c>shared/corpus</c> lies beside the project. The posts are not part of the
/// project; without them the test says so and passes.
/// </summary>
public sealed class CorpusAccuracyTests(ITestOutputHelper output)
{
    // A little below what was measured, so that a slip shows and an unlucky word does not.
    private const double LeastKinds = 0.97;
    private const double LeastExact = 0.97;
    private const double LeastExactAndAuto = 0.79;
    private const double LeastUpdates = 0.93;

    [Fact]
    public void Parse_LabelledPosts_KeepsItsAccuracy()
    {
        if (FindCorpus() is not { } file)
        {
            output.WriteLine("There is no shared/corpus/dev.jsonl beside the project: nothing was measured.");
            return;
        }

        var score = new CorpusScore();
        var parser = new SignalParser();
        foreach (var line in File.ReadLines(file).Where(line => line.Length > 0))
        {
            using var post = JsonDocument.Parse(line);
            // Only the text reaches the parser.
            var result = parser.Parse(Some.Post(post.RootElement.GetProperty("text").GetString()!), ParseContext.TextOnly);
            score.Add(post.RootElement, ParseReporter.Report(null, result));
        }

        output.WriteLine(score.ToString());
        Assert.True(score.Kinds >= LeastKinds, score.ToString());
        Assert.True(score.Exact >= LeastExact, score.ToString());
        Assert.True(score.ExactAndAuto >= LeastExactAndAuto, score.ToString());
        Assert.True(score.Updates >= LeastUpdates, score.ToString());
        Assert.True(score.Dangerous == 0, score.ToString());
    }

    private static string? FindCorpus()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "TelegramTrader.sln")))
                continue;
            var file = Path.Combine(folder.FullName, "..", "shared", "corpus", "dev.jsonl");
            return File.Exists(file) ? file : null;
        }

        return null;
    }
}
