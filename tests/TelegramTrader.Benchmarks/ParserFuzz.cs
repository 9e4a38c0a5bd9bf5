using System.Diagnostics;
using System.Globalization;
using System.Text;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Core.Signals;
using TelegramTrader.Core.Signals.Parsing;

namespace TelegramTrader.Benchmarks;

/// <summary>
/// Feeds the parser what nobody would post: random bytes as text, mutated posts, posts of 100,000 characters, endless repetitions.
/// It must never throw, and a post must not cost more for each character the longer it is.
/// </summary>
internal static class ParserFuzz
{
    private const int Seed = 20240611;
    private const int LongPost = 100_000;

    /// <summary>One input in so many is a long one: they take as long as thousands of short ones.</summary>
    private const int LongEvery = 2_000;

    /// <summary>Microseconds that a character of a long post may take. Typical posts take about 0.1, the worst repetitions 1.5.</summary>
    private const double MostMicrosecondsOfACharacter = 8.0;

    /// <summary>A long post may take this many times as much for a character as the same pattern at a tenth of the length.</summary>
    private const double MostGrowth = 4.0;

    private static readonly string[] Units =
    [
        "a", "1", "1)", "1,", "1.", "1 000 ", "104 000, ", "a1", "(", "((1)", "#", "#BTC ", "$", "BTC/", "BTC/USDT ETH/USDT ", "BTC/USDT buy 1 tp 2 sl 0.5\n", "tp ", "tp1 2 ", "🎯 1 ~ 2 ",
        "target hit ", "entry 1 ", "stop no ", "close half sl to entry ", "close 5% profit ", "move sl ", "long short ", "✅", "1 ✅ ", "1️⃣", "¹", "tp¹ ", "多", "1차 ", "목표가", "الهدف ", "\n", "\ud83d", "http://", "<a",
        "@a ", "take take profit ", "5-10x ", "12,345 ", "77 645 ", "\"", "«", "yesterday ", "in 1\nout 2\ncut 3\n", "entry 1\ncut 3\n", "sell @ 5\n", "close below 1\n", "?", "1.1.1.", "BTCUSDTLONG", "closed\n", "cancelled\n", "zone 1 ",
    ];

    /// <returns>0 when nothing threw and the time grew in proportion to the length; else 1.</returns>
    public static int Run(int inputs)
    {
        var parser = new SignalParser();
        var posts = RecordingFolder.Load(Path.Combine(AppContext.BaseDirectory, "Demo", "Recording")).Messages;
        var texts = posts.Select(post => post.Text).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        var random = new Random(Seed);
        var report = new Report();
        for (var i = 0; i < 100; i++)
            report.Measure(parser, posts[0], texts[i % texts.Length], isCounted: false);
        for (var i = 0; i < inputs; i++)
            report.Measure(parser, posts[0], i % LongEvery == 0 ? Long(random, texts, i / LongEvery) : Short(random, texts, i));
        var worstGrowth = Growth(parser, posts[0]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"inputs {report.Inputs}, exceptions {report.Exceptions}, slowest {report.SlowestMilliseconds:0.00} ms ({report.SlowestLength} characters), "
            + $"worst {report.MostMicroseconds:0.000} us a character in posts of {LongPost} characters, worst growth {worstGrowth.Factor:0.00} ('{worstGrowth.Unit.ReplaceLineEndings(" ")}')"));
        var isLinear = report.MostMicroseconds <= MostMicrosecondsOfACharacter && worstGrowth.Factor <= MostGrowth;
        return report.Exceptions == 0 && isLinear ? 0 : 1;
    }

    /// <summary>Each pattern at a tenth of the length and at full length, each the best of three: how much dearer a character gets.</summary>
    private static (double Factor, string Unit) Growth(SignalParser parser, ChannelMessage post)
    {
        const int rounds = 3;
        var worst = (Factor: 0.0, Unit: "");
        foreach (var unit in Units)
        {
            double small = double.MaxValue, large = double.MaxValue;
            for (var round = 0; round < rounds; round++)
            {
                small = Math.Min(small, Time(parser, post with { Text = Repeat(unit, LongPost / 10) }));
                large = Math.Min(large, Time(parser, post with { Text = Repeat(unit, LongPost) }));
            }

            if (large / (10 * small) > worst.Factor)
                worst = (large / (10 * small), unit);
        }

        return worst;
    }

    private static double Time(SignalParser parser, ChannelMessage post)
    {
        var start = Stopwatch.GetTimestamp();
        parser.Parse(post, ParseContext.TextOnly);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static string Long(Random random, string[] texts, int number)
    {
        if (number % 2 == 0)
            return Repeat(Units[number / 2 % Units.Length], LongPost);
        var text = new StringBuilder();
        while (text.Length < LongPost)
            text.Append(Mutated(random, texts));
        text.Length = LongPost;
        return text.ToString();
    }

    private static string Short(Random random, string[] texts, int number) => (number % 4) switch
    {
        0 => RandomBytes(random),
        1 => Mutated(random, texts),
        2 => Repeat(Units[random.Next(Units.Length)], random.Next(1, 200)) + Units[random.Next(Units.Length)],
        _ => Spliced(random, texts),
    };

    private static string Repeat(string unit, int length) => string.Concat(Enumerable.Repeat(unit, Math.Max(1, length / unit.Length)));

    /// <summary>Bytes that are mostly no valid text, read as UTF-8 or as UTF-16 with its halves of pairs.</summary>
    private static string RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(0, 240)];
        random.NextBytes(bytes);
        return random.Next(2) == 0 ? Encoding.UTF8.GetString(bytes) : Encoding.Unicode.GetString(bytes);
    }

    private static string Mutated(Random random, string[] texts)
    {
        var text = new StringBuilder(texts[random.Next(texts.Length)]);
        for (var changes = random.Next(1, 20); changes > 0 && text.Length > 0; changes--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(text.Length - at, random.Next(1, 8)));
                    break;
                case 1:
                    text.Insert(at, Units[random.Next(Units.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(1, char.MaxValue);
                    break;
                default:
                    text.Insert(at, "0123456789.,-/%x"[random.Next(16)].ToString(), random.Next(1, 30));
                    break;
            }
        }

        return text.ToString();
    }

    private static string Spliced(Random random, string[] texts)
    {
        var first = texts[random.Next(texts.Length)];
        var second = texts[random.Next(texts.Length)];
        return string.Concat(first.AsSpan(0, random.Next(first.Length + 1)), second.AsSpan(random.Next(second.Length + 1)));
    }

    private sealed class Report
    {
        public int Inputs { get; private set; }

        public int Exceptions { get; private set; }

        public double SlowestMilliseconds { get; private set; }

        public int SlowestLength { get; private set; }

        public double MostMicroseconds { get; private set; }

        public void Measure(SignalParser parser, ChannelMessage post, string text, bool isCounted = true)
        {
            var start = Stopwatch.GetTimestamp();
            if (parser.Parse(post with { Text = text }, ParseContext.TextOnly) is ParseResult.Doubtful { Reason: { Code: SignalParser.ErrorCode } reason })
            {
                Exceptions++;
                Console.Error.WriteLine($"{reason.Text} ({text.Length} characters: {Convert.ToHexString(Encoding.Unicode.GetBytes(text[..Math.Min(text.Length, 200)]))})");
            }

            var elapsed = Stopwatch.GetElapsedTime(start);
            if (!isCounted)
                return;
            Inputs++;
            if (elapsed.TotalMilliseconds > SlowestMilliseconds)
                (SlowestMilliseconds, SlowestLength) = (elapsed.TotalMilliseconds, text.Length);
            if (text.Length >= LongPost - 200)
                MostMicroseconds = Math.Max(MostMicroseconds, elapsed.TotalMicroseconds / text.Length);
        }
    }
}
