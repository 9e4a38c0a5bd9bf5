using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.App;

/// <summary>The program as a user or a service manager starts and ends it: exit codes, one clear line for each thing that is wrong, and nothing damaged.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-process-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Demo_AtFullSpeedWithPipedCommands_AnswersAndEndsWithASummary()
    {
        using var bot = Start(["demo", "--speed", "max", "--exit"]);
        await bot.Input.WriteAsync("/status\n/positions\n/statistics\n/why 1\n");
        var (exitCode, output, errors) = await bot.EndAsync(Patience);
        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("PAPER #1 ✅ closed", output, StringComparison.Ordinal);
        Assert.Contains("Fees ", output, StringComparison.Ordinal);
        Assert.Contains("funding ", output, StringComparison.Ordinal);
        Assert.Contains(" R)", output, StringComparison.Ordinal);
        Assert.Contains("The recording is over", output, StringComparison.Ordinal);
        Assert.Contains("Not traded, by reason", output, StringComparison.Ordinal);
        Assert.Contains("Loss at the stop", output, StringComparison.Ordinal);
        Assert.DoesNotContain("mistake in the program", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ToldToTerminate_EndsWithZero()
    {
        using var bot = Start(["run"], [.. Recorded("paced"), ("TELEGRAMTRADER__Market__Speed", "60")]);
        while (await bot.Output.ReadLineAsync() is { } line && !line.Contains("/quit ends", StringComparison.Ordinal))
        {
        }

        bot.Terminate();
        var (exitCode, _, errors) = await bot.EndAsync(Patience, closeInput: false);
        Assert.Equal((0, ""), (exitCode, errors));
        // Everything was closed: the folder is free, and the bot takes up from it.
        using var again = Start(["run"], [.. Recorded("paced"), ("TELEGRAMTRADER__Market__ExitAtEnd", "true")]);
        Assert.Equal(0, (await again.EndAsync(Patience)).ExitCode);
    }

    [Fact]
    public async Task Run_WithAnotherBotApiServer_AnswersThereAndEndsWithZeroOnSigterm()
    {
        await using var server = await RunningBot.ServerAsync();
        using var bot = Start(["run"],
        [
            .. Recorded("served"),
            ("TELEGRAMTRADER__Telegram__BaseUrl", server.BaseUrl.ToString()),
            ("TELEGRAMTRADER__Telegram__BotToken", BotApiServer.Token.Reveal()),
            ("TELEGRAMTRADER__Telegram__Users__0__Id", "1001"),
            ("TELEGRAMTRADER__Telegram__Users__0__Role", "admin"),
            ("TELEGRAMTRADER__Telegram__AdminChatId", "1001"),
        ]);
        var asked = server.Write(RunningBot.Admin, RunningBot.Admin, "/status");
        var answer = await server.WaitForMessageAsync(
            message => message.UserId is null && message.MessageId > asked.MessageId && message.Text.StartsWith("PAPER · ", StringComparison.Ordinal), Patience);
        Assert.Equal(RunningBot.Admin, answer.ChatId);
        bot.Terminate();
        var (exitCode, output, errors) = await bot.EndAsync(Patience, closeInput: false);
        Assert.True(exitCode == 0, errors);
        Assert.DoesNotContain(BotApiServer.Token.Reveal(), output + errors + File.ReadAllText(Directory.GetFiles(Path.Combine(_folder, "logs")).Single()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"Risk\": ", "the file is not valid JSON")]
    [InlineData("{ \"Risk\": { \"PerTradePrecent\": 1 } }", "did you mean 'Risk:PerTradePercent'")]
    [InlineData("{ \"Risk\": { \"PerTradePercent\": 99 } }", "0.01")]
    public async Task Run_WrongSettings_OneLineAndExitCodeTwo(string json, string said)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "appsettings.json"), json);
        var (exitCode, _, errors) = await EndAsync(["run"]);
        Assert.Equal(2, exitCode);
        Assert.Contains(said, OneLine(errors), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));
    }

    [Fact]
    public async Task Run_UnknownSettingInTheEnvironment_OneLineAndExitCodeTwo()
    {
        var (exitCode, _, errors) = await EndAsync(["run"], ("TELEGRAMTRADER__Risk__Nonsense", "1"));
        Assert.Equal(2, exitCode);
        Assert.Contains("Risk__Nonsense", OneLine(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demmo")]
    [InlineData("demo", "--speed", "fast")]
    [InlineData("demo", "--nonsense")]
    [InlineData("parse", "--in", "nowhere.jsonl")]
    public async Task Verb_WrongArguments_ExitCodeTwoOrOneAndALineThatNamesIt(params string[] arguments)
    {
        var (exitCode, _, errors) = await EndAsync(arguments);
        Assert.NotEqual(0, exitCode);
        Assert.Contains(arguments[^1], errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CorruptDatabase_OneLineAndTheFileIsLeftAsItIs()
    {
        var folder = Path.Combine(_folder, "corrupt");
        Directory.CreateDirectory(folder);
        var damaged = new byte[40_000];
        new Random(7).NextBytes(damaged);
        "SQLite format 3\0"u8.CopyTo(damaged);
        await File.WriteAllBytesAsync(Path.Combine(folder, "trading.db"), damaged);
        var (exitCode, _, errors) = await EndAsync(["run"], ("TELEGRAMTRADER__Storage__Directory", folder));
        Assert.Equal(1, exitCode);
        Assert.Contains("is damaged and was left as it is", OneLine(errors), StringComparison.Ordinal);
        Assert.Equal(damaged, await File.ReadAllBytesAsync(Path.Combine(folder, "trading.db")));
    }

    [Fact]
    public async Task Run_TwiceOnOneFolder_TheSecondSaysSoAndTheFirstGoesOn()
    {
        var settings = Recorded("shared");
        using var first = Start(["run"], [.. settings, ("TELEGRAMTRADER__Market__Speed", "60")]);
        while (await first.Output.ReadLineAsync() is { } line && !line.Contains("/quit ends", StringComparison.Ordinal))
        {
        }

        var (exitCode, _, errors) = await EndAsync(["run"], settings);
        Assert.Equal(1, exitCode);
        Assert.Contains(Path.Combine(_folder, "shared"), OneLine(errors), StringComparison.Ordinal);
        await first.Input.WriteAsync("/quit\n");
        Assert.Equal(0, (await first.EndAsync(Patience, closeInput: false)).ExitCode);
        using var database = new SqliteConnection($"Data Source={Path.Combine(_folder, "shared", "trading.db")};Pooling=False");
        await database.OpenAsync();
        using var check = database.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", await check.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Run_FolderThatIsAFile_OneLineAndExitCodeOne()
    {
        var path = Path.Combine(_folder, "a-file");
        await File.WriteAllTextAsync(path, "taken");
        var (exitCode, _, errors) = await EndAsync(["run"], ("TELEGRAMTRADER__Storage__Directory", path));
        Assert.Equal(1, exitCode);
        Assert.Contains(path, OneLine(errors), StringComparison.Ordinal);
        Assert.Equal("taken", await File.ReadAllTextAsync(path));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Run_ReadOnlyFolder_OneLineAndNothingIsWritten()
    {
        var path = Path.Combine(_folder, "read-only");
        Directory.CreateDirectory(path);
        await File.WriteAllTextAsync(Path.Combine(path, "kept.txt"), "kept");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            // Root may write anywhere; without this capability the program may not.
            string[] launcher = Environment.UserName == "root" ? ["setpriv", "--bounding-set=-dac_override"] : [];
            using var bot = BotProcess.Start(_folder, new Dictionary<string, string> { ["TELEGRAMTRADER__Storage__Directory"] = path }, ["run"], launcher);
            var (exitCode, _, errors) = await bot.EndAsync(Patience);
            Assert.True(exitCode == 1, $"exit code {exitCode}: {errors}");
            Assert.Contains(path, OneLine(errors), StringComparison.Ordinal);
            Assert.Equal(["kept.txt"], Directory.GetFiles(path).Select(Path.GetFileName));
        }
        finally
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private async Task<(int ExitCode, string Output, string Errors)> EndAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        using var bot = Start(arguments, environment);
        return await bot.EndAsync(Patience);
    }

    private BotProcess Start(string[] arguments, params (string Name, string Value)[] environment) =>
        BotProcess.Start(_folder, environment.GroupBy(pair => pair.Name).ToDictionary(group => group.Key, group => group.Last().Value), arguments);

    private (string Name, string Value)[] Recorded(string name) =>
    [
        ("TELEGRAMTRADER__Storage__Directory", Path.Combine(_folder, name)),
        ("TELEGRAMTRADER__Market__Source", "recorded"),
        ("TELEGRAMTRADER__Market__Recording", RunningBot.ShortRecording),
        ("TELEGRAMTRADER__Market__Speed", "0"),
    ];

    private static string OneLine(string errors)
    {
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return errors;
    }
}
