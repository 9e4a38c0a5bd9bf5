using BenchmarkDotNet.Attributes;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Benchmarks;

/// <summary>The posts of the demo recording through the parser. The baseline splits the same texts into words and does nothing with them.</summary>
[Config(typeof(InThisProcess))]
public class ParserMessages
{
    private readonly SignalParser _parser = new();
    private ChannelMessage[] _posts = [];

    [GlobalSetup]
    public void Setup() => _posts = [.. RecordingFolder.Load(Path.Combine(AppContext.BaseDirectory, "Demo", "Recording")).Messages.Where(post => post.Text.Length > 0)];

    /// <summary>All posts of the recording once; divide by their number, which <see cref="PostCount"/> says.</summary>
    [Benchmark]
    public int Parse()
    {
        var signals = 0;
        foreach (var post in _posts)
            if (_parser.Parse(post, ParseContext.TextOnly) is ParseResult.Signal)
                signals++;
        return signals;
    }

    [Benchmark(Baseline = true)]
    public int SplitIntoWords()
    {
        var words = 0;
        foreach (var post in _posts)
            words += post.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return words;
    }

    public int PostCount => _posts.Length;
}
