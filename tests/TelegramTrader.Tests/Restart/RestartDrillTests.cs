using System.Globalization;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Tests.Support;
using Xunit.Abstractions;

namespace TelegramTrader.Tests.Restart;

/// <summary>
/// The program is killed with SIGKILL at random points of a run on paper, over a simulated exchange that lives in a file of its own. After all restarts the books are
/// those of a run that was left alone: no order doubled, none lost, no post, decision or notification missing, every position with the same stop.
/// </summary>
public sealed class RestartDrillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 50;
    private const int MostRounds = 10;
    private const int Seed = 20261121;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-drill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task FiftyKills_AtRandomPoints_LeaveTheBooksOfAnUndisturbedRun()
    {
        await RunToEndAsync("undisturbed");
        var expected = await Books.OfAsync(Path.Combine(_folder, "undisturbed"));
        Assert.NotEmpty(expected["fills"]);
        Assert.DoesNotContain(expected["notifications"], text => text.Contains("ProtectionMissing", StringComparison.Ordinal));

        var random = new Random(Seed);
        var killed = 0;
        var round = 0;
        // A recording that is over before all kills are done is begun again, and compared each time.
        for (; killed < Kills; round++)
        {
            Assert.True(round < MostRounds, $"only {killed} of {Kills} kills came before the recording was over, in {round} rounds");
            var name = string.Create(CultureInfo.InvariantCulture, $"killed-{round}");
            var before = killed;
            while (killed < Kills && await RunAndKillAsync(name, random))
                killed++;
            await RunToEndAsync(name);
            // A kill in the middle of a transaction leaves no post without its row in the ledger, and no broken chain.
            Assert.IsType<LedgerCheck.Sound>(new LedgerVerifier(Path.Combine(_folder, name, "trading.db")).Verify());
            Compare(expected, await Books.OfAsync(Path.Combine(_folder, name)), string.Create(CultureInfo.InvariantCulture, $"round {round}, killed {killed - before} times"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed {killed} times in {round} rounds (seed {Seed})"));
    }

    private static void Compare(IReadOnlyDictionary<string, string[]> expected, IReadOnlyDictionary<string, string[]> actual, string story)
    {
        foreach (var (name, lines) in expected)
            Assert.True(
                lines.SequenceEqual(actual[name]),
                $"{story}: {name} differ:\n- {string.Join("\n- ", lines.Except(actual[name]))}\n+ {string.Join("\n+ ", actual[name].Except(lines))}");
    }

    /// <summary>True when it was killed before it ended by itself.</summary>
    private async Task<bool> RunAndKillAsync(string name, Random random)
    {
        using var bot = Start(name);
        // Each line is an event that was committed; a few of them on, at whatever it is doing then, it dies. With none it dies while it starts.
        var lines = random.Next(0, 9);
        var spin = random.Next(0, 40_000);
        for (var line = 0; line < lines; line++)
            if (await bot.Output.ReadLineAsync() is null)
                return false;
        Thread.SpinWait(spin);
        bot.Kill();
        return true;
    }

    private async Task RunToEndAsync(string name)
    {
        using var bot = Start(name);
        var (exitCode, _, errors) = await bot.EndAsync(Patience);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {errors}");
    }

    private BotProcess Start(string name) => BotProcess.Start(_folder, new Dictionary<string, string>
    {
        ["TELEGRAMTRADER__Storage__Directory"] = Path.Combine(_folder, name),
        ["TELEGRAMTRADER__Market__Source"] = "recorded",
        ["TELEGRAMTRADER__Market__Recording"] = RunningBot.ShortRecording,
        ["TELEGRAMTRADER__Market__Speed"] = "0",
        ["TELEGRAMTRADER__Market__ExitAtEnd"] = "true",
    }, ["run"]);
}
