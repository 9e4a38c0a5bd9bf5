using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Chat;
using TelegramTrader.Cli;
using TelegramTrader.Tests.Support;
using TelegramTrader.Tests.Support.BotApi;
using TelegramTrader.Trading;

namespace TelegramTrader.Tests.App;

/// <summary>Teaching from the chat, through the whole bot.</summary>
public sealed class TeachingTests : IAsyncLifetime
{
    private const string Channel = "@teachable";

    private BotApiServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningBot.ServerAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Teach_FromAPastedPostToAYes_TheNextSuchPostIsTraded_AndARuleIsTakenBack()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        var (coin, price) = await FreeCoinAsync(bot);
        await HandAsync(bot, 1, Post(coin, price));
        Assert.Equal(0, await TradesAsync(bot));

        var pasted = _server.Write(RunningBot.Admin, RunningBot.Admin, Post(coin, price));
        var read = await WaitAsync(message => message.MessageId > pasted.MessageId && Has(message, "Teach"));
        _server.Press(read, RunningBot.Admin, "Teach");
        var which = await WaitAsync(message => message.MessageId > read.MessageId && Has(message, Channel));
        _server.Press(which, RunningBot.Admin, Channel);
        var overview = await WaitAsync(message => message.MessageId > which.MessageId && Has(message, "It is a long"));
        var side = await TeachAsync(overview, "It is a long", "Rakete", "«Rakete» means long");
        var targets = await TeachAsync(overview, "Targets", Level(price, 1.02m), "pattern «Himmel: {targets}»");
        var stop = await TeachAsync(overview, "Stop", Level(price, 0.92m), "pattern «Keller: {stop}»");
        Assert.All([side, targets, stop], proposal => Assert.Contains("Tried on the latest 1 stored posts", proposal, StringComparison.Ordinal));

        // The entry by a word that is typed, as a person without buttons would.
        _server.Press(overview, RunningBot.Admin, "Entry");
        var question = await WaitAsync(message => message.Text.Contains("Which number is the entry?", StringComparison.Ordinal));
        var line = question.Text[question.Text.IndexOf("/teach ", StringComparison.Ordinal)..].Replace("WORD", "Ablage bei", StringComparison.Ordinal);
        _server.Write(RunningBot.Admin, RunningBot.Admin, line);
        var entry = await WaitAsync(message => message.MessageId > question.MessageId && Has(message, "Yes, save it"));
        await SaveAsync(entry, "«Ablage bei» means entry");
        var told = string.Join('\n', side, targets, stop, entry.Text);
        Assert.True(told.Contains("1 newly read", StringComparison.Ordinal), told);

        await HandAsync(bot, 2, Post(coin, price));
        Assert.Equal(1, await TradesAsync(bot));

        _server.Write(RunningBot.Admin, RunningBot.Admin, $"/profile {Channel}");
        var profile = await WaitAsync(message => Has(message, "Remove 4"));
        Assert.Contains("Ann, ", profile.Text, StringComparison.Ordinal);
        _server.Press(profile, RunningBot.Admin, "Remove 3");
        var sure = await WaitAsync(message => message.MessageId > profile.MessageId && Has(message, "Yes, take it back"));
        Assert.Contains("Tried on the latest 2 stored posts", sure.Text, StringComparison.Ordinal);
        _server.Press(sure, RunningBot.Admin, "Yes, take it back");
        await WaitAsync(message => message.MessageId == sure.MessageId && message.Text.Contains("Taken back: rule 3", StringComparison.Ordinal));
        var left = await bot.Desk.ReadAsync(state => string.Join(' ', state.TaughtRules.Select(rule => rule.Number)));
        Assert.Equal("1 2 4", left);
        Assert.Empty(bot.Log.Errors);
    }

    [Fact]
    public async Task Teach_AtTheTerminal_WorksByNumbersAndTypedCommands()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(null, RunningBot.ShortRecording));
        await bot.FinishAsync();
        var output = new StringWriter();
        var terminal = new Terminal(bot.Services.GetRequiredService<ChatDesk>(), new TerminalScreen(output, useColours: false, echo: false), TextReader.Null, TimeProvider.System);
        await terminal.AnswerAsync("/teach SOL/USDT Rakete Himmel: 170", CancellationToken.None);
        var token = System.Text.RegularExpressions.Regex.Match(output.ToString(), "/teach (t[0-9a-f]{12}) in @NAME").Groups[1].Value;
        foreach (var line in new[] { $"/teach {token} in {Channel}", $"/teach {token} long Rakete", "1", $"/teach {token} percent", "2", $"/teach {token} entry {{entry}} {{stop}}" })
            await terminal.AnswerAsync(line, CancellationToken.None);
        Assert.Contains("[1] Yes, save it  [2] No", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("more than one hole", output.ToString(), StringComparison.Ordinal);
        var rules = await bot.Desk.ReadAsync(state => state.TaughtRules);
        Assert.Equal((Channel, "«Rakete» means long", "you at the terminal"), (rules[0].Channel.Value, rules[0].Rule.ToString(), rules[0].By));
        Assert.Single(rules);
    }

    [Theory]
    [InlineData(RunningBot.Viewer, "/teach BTC moon")]
    [InlineData(RunningBot.Trader, "/teach BTC moon")]
    [InlineData(RunningBot.Viewer, "/unteach 1")]
    public async Task Teach_WithoutTheRole_IsRefused(long user, string command)
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(_server, RunningBot.ShortRecording));
        await bot.FinishAsync();
        _server.Write(user, user, command);
        var answer = await _server.WaitForMessageAsync(message => message.ChatId == user && message.UserId is null, RunningBot.Patience);
        Assert.Contains("needs the role admin", answer.Text, StringComparison.Ordinal);
        Assert.Empty(await bot.Desk.ReadAsync(state => state.TaughtRules));
    }

    /// <summary>Topic, choice and yes; gives the proposal's text.</summary>
    private async Task<string> TeachAsync(BotApiMessage overview, string topic, string choice, string rule)
    {
        var last = _server.Messages(RunningBot.Admin).Max(message => message.MessageId);
        _server.Press(overview, RunningBot.Admin, topic);
        var question = await WaitAsync(message => message.MessageId > last && Has(message, choice));
        _server.Press(question, RunningBot.Admin, choice);
        var proposal = await WaitAsync(message => message.MessageId > question.MessageId && Has(message, "Yes, save it"));
        await SaveAsync(proposal, rule);
        return proposal.Text;
    }

    private async Task SaveAsync(BotApiMessage proposal, string rule)
    {
        _server.Press(proposal, RunningBot.Admin, "Yes, save it");
        var saved = await WaitAsync(message => message.MessageId == proposal.MessageId && message.Text.Contains("Saved as rule", StringComparison.Ordinal));
        Assert.Contains(rule, saved.Text, StringComparison.Ordinal);
    }

    private static Task<int> TradesAsync(RunningBot bot) => bot.Desk.ReadAsync(state => state.Trades.Values.Count(trade => trade.Signal.Channel.Value == Channel));

    private static async Task HandAsync(RunningBot bot, long id, string text)
    {
        bot.Services.GetRequiredService<PostIntake>().Hand(Some.Message(text, id, Channel, bot.Desk.Now));
        await bot.Desk.SnapshotAsync();
    }

    private static Task<(string Coin, decimal Price)> FreeCoinAsync(RunningBot bot) => bot.Desk.ReadAsync(state => state.Markets
        .Where(market => market.Value.Quote is not null && state.ActiveTrades.All(trade => trade.Instrument.Symbol != market.Key))
        .Select(market => (market.Key.Base, market.Value.Quote!.Value.Bid.Value)).First());

    private static string Post(string coin, decimal price) =>
        $"#{coin}/USDT Rakete\nAblage bei: {Level(price, 0.95m)}\nHimmel: {Level(price, 1.02m)}\nKeller: {Level(price, 0.92m)}";

    private static string Level(decimal price, decimal factor) => Math.Round(price * factor, 2).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool Has(BotApiMessage message, string button) => message.Keyboard.SelectMany(row => row).Any(found => found.Text == button);

    private async Task<BotApiMessage> WaitAsync(Func<BotApiMessage, bool> isWanted)
    {
        try
        {
            return await _server.WaitForMessageAsync(message => message.ChatId == RunningBot.Admin && message.UserId is null && isWanted(message), RunningBot.Patience);
        }
        catch (TimeoutException exception)
        {
            // What was said last tells what was missed.
            throw new TimeoutException(string.Join("\n---\n", _server.Messages(RunningBot.Admin).TakeLast(3).Select(message => $"{message.Text}\n{string.Join(" | ", message.Keyboard.SelectMany(row => row).Select(button => button.Text))}")), exception);
        }
    }
}
