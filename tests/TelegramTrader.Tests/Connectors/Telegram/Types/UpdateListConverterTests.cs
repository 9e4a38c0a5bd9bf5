using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Tests.Support.BotApi;

namespace TelegramTrader.Tests.Connectors.Telegram.Types;

public sealed class UpdateListConverterTests
{
    private const string Chat = """{"id":-1009876543210987,"type":"supergroup","title":"Desk"}""";

    /// <summary>Name, an update (CHAT stands for a chat), its expected kind, whether it has content, whether it has a problem.</summary>
    public static TheoryData<string, string, string, bool, bool> Cases => new()
    {
        { "message", """{"update_id":7,"message":{"message_id":1,"date":1767225600,"chat":CHAT,"text":"hi"}}""", "message", true, false },
        { "edited", """{"update_id":7,"edited_message":{"message_id":1,"date":1767225600,"chat":CHAT}}""", "edited_message", true, false },
        { "content after unknown fields", """{"update_id":7,"x":[1],"message":{"y":{},"message_id":1,"date":1,"chat":CHAT}}""", "message", true, false },
        { "id last", """{"message":{"message_id":1,"date":1,"chat":CHAT},"update_id":7}""", "message", true, false },
        { "callback of an inaccessible message", """{"update_id":7,"callback_query":{"id":"1","from":{"id":9007199254740991,"is_bot":false,"first_name":""},"chat_instance":"1","data":"x","message":{"chat":CHAT,"message_id":1,"date":0}}}""", "callback_query", true, false },
        { "unknown kind", """{"update_id":7,"message_reaction":{"chat":5}}""", "message_reaction", false, false },
        { "unknown kind with null", """{"update_id":7,"poll":null}""", "poll", false, false },
        { "nothing but the id", """{"update_id":7}""", "", false, false },
        { "chat is a number", """{"update_id":7,"message":{"message_id":1,"date":1,"chat":5}}""", "message", false, true },
        { "message is text", """{"update_id":7,"message":"hi"}""", "message", false, true },
        { "message is null", """{"update_id":7,"message":null}""", "message", false, true },
        { "id of the message is missing", """{"update_id":7,"message":{"date":1,"chat":CHAT}}""", "message", false, true },
        { "text is a number", """{"update_id":7,"message":{"message_id":1,"date":1,"chat":CHAT,"text":5}}""", "message", false, true },
        { "date beyond the calendar", """{"update_id":7,"message":{"message_id":1,"date":9000000000000000000,"chat":CHAT}}""", "message", false, true },
        { "id beyond 64 bits", """{"update_id":7,"message":{"message_id":99999999999999999999,"date":1,"chat":CHAT}}""", "message", false, true },
        { "half a surrogate pair", """{"update_id":7,"message":{"message_id":1,"date":1,"chat":CHAT,"text":"\ud83d"}}""", "message", false, true },
        { "user without a name", """{"update_id":7,"callback_query":{"id":"1","from":{"id":1,"is_bot":false}}}""", "callback_query", false, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Read_Update_KeepsItsIdWhateverItHolds(string name, string update, string kind, bool hasContent, bool hasProblem)
    {
        var read = Assert.Single((await ReadAsync($"[{update}]"))!);

        Assert.Equal((name, 7, kind, hasContent, hasProblem), (name, read.UpdateId, read.Kind, read.HasContent, read.Problem is not null));
    }

    [Fact]
    public async Task Read_OneUnreadableAmongGood_CostsOnlyItself()
    {
        var read = await ReadAsync("""[{"update_id":1,"message":{"message_id":1,"date":1,"chat":CHAT}},{"update_id":2,"message":[]},{"update_id":"x"},5,{"update_id":4,"message":{"message_id":1,"date":1,"chat":CHAT}}]""");

        Assert.Equal([(1, true), (2, false), (4, true)], read!.Select(update => (update.UpdateId, update.HasContent)));
    }

    [Fact]
    public async Task Read_ProblemInside_NamesThePlaceAndNotTheContent()
    {
        var read = Assert.Single((await ReadAsync("""[{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":"private words","type":"private"}}}]"""))!);

        Assert.Equal("message.chat.id is missing a field or has one of an unexpected type", read.Problem);
        Assert.Equal("update 1 (message)", read.ToString());
    }

    [Theory]
    // Without any id there is nothing to move the offset by: not an empty batch, but trouble.
    [InlineData("""[{"update_id":"x"}]""")]
    [InlineData("""[{"update_id":99999999999999999999}]""")]
    [InlineData("[5]")]
    [InlineData("{}")]
    public async Task Read_NoIdAtAll_IsNoAnswer(string batch) => Assert.Null(await ReadAsync(batch));

    [Fact]
    public async Task Read_HugeIds_AreKeptExactly()
    {
        var read = Assert.Single((await ReadAsync("""[{"update_id":9223372036854775806,"message":{"message_id":9007199254740993,"date":1,"chat":CHAT}}]"""))!);

        Assert.Equal((9223372036854775806, 9007199254740993, -1009876543210987), (read.UpdateId, read.Message!.MessageId, read.Message.Chat.Id));
    }

    /// <summary>Through the client, as it comes from the network; null when the answer can't be read.</summary>
    private static async Task<IReadOnlyList<Update>?> ReadAsync(string batch)
    {
        await using var bot = await ConnectedBot.StartAsync();
        bot.Server.Faults.Next(1, new BotApiFault.Answer(200, $$"""{"ok":true,"result":{{batch.Replace("CHAT", Chat, StringComparison.Ordinal)}}}"""));
        var result = await bot.Api.SendAsync(new GetUpdates(), CancellationToken.None);
        return (result as TelegramResult<IReadOnlyList<Update>>.Ok)?.Value;
    }
}
