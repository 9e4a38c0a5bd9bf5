using System.Runtime.CompilerServices;

namespace TelegramTrader.Tests.Scenarios;

/// <summary>
/// Every <c>*.scenario</c> file is a story: lines say what happens, the lines with <c>&gt;</c> below each say everything that came of it, in order.
/// With the environment variable <c>TELEGRAMTRADER_APPROVE=1</c> the files are written anew from what really came; the difference is then read and meant.
/// </summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder(), "*.scenario").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Story_Told_EndsAsWritten(string name)
    {
        var path = Path.Combine(Folder(), name + ".scenario");
        var expected = File.ReadAllText(path);
        var actual = Tell(expected);
        if (Environment.GetEnvironmentVariable("TELEGRAMTRADER_APPROVE") == "1")
            File.WriteAllText(path, actual);
        else
            Assert.Equal(expected, actual);
    }

    [Fact]
    public void Stories_AreAsManyAsPromised() => Assert.True(Files.Count >= 40, $"{Files.Count} scenarios");

    /// <summary>The same story with what really came of each line.</summary>
    private static string Tell(string story)
    {
        var desk = new ScenarioDesk();
        var told = new List<string>();
        foreach (var line in story.Split('\n').Select(line => line.TrimEnd()).Where(line => !line.TrimStart().StartsWith('>')))
        {
            told.Add(line);
            if (line.Length > 0 && line[0] != '#')
                told.AddRange(desk.Do(line).Select(output => "    > " + output));
        }

        return string.Join('\n', told).TrimEnd() + "\n";
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
