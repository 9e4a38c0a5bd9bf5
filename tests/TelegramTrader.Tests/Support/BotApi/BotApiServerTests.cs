using System.Net.Http.Json;
using System.Text.Json;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>The simulated server itself: a server that lets our mistakes pass proves nothing. Asked over bare HTTP, without our client.</summary>
public sealed class BotApiServerTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly HttpClient _http = new();
    private BotApiServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await BotApiServer.StartAsync(_time);
        _server.AddPerson(42, "Ann");
        _server.AddGroup(-100, "Desk");
        _server.Write(42, 42, "from Ann");
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>Method, JSON body, expected code, expected words of the description. The chat holds message 1, which is not the bot's.</summary>
    public static TheoryData<string, string, int, string> Mistakes => new()
    {
        { "sendMesage", "{}", 404, "method not found" },
        { "sendMessage", "{", 400, "can't parse JSON" },
        { "sendMessage", """{"chat_id":42}""", 400, "\"text\" is missing" },
        { "sendMessage", """{"chat_id":"42","text":"x"}""", 400, "\"chat_id\" must be a whole number" },
        { "sendMessage", """{"chat_id":42,"text":5}""", 400, "\"text\" must be a string" },
        { "sendMessage", """{"chat_id":42,"text":"x","parsemode":"HTML"}""", 400, "unknown field \"parsemode\"" },
        { "sendMessage", """{"chat_id":42,"text":"x","parse_mode":"html"}""", 400, "\"parse_mode\" can't be" },
        { "sendMessage", """{"chat_id":42,"text":" \n "}""", 400, "message text is empty" },
        { "sendMessage", """{"chat_id":42,"text":"<b> </b>","parse_mode":"HTML"}""", 400, "message text is empty" },
        { "sendMessage", """{"chat_id":1,"text":"x"}""", 400, "chat not found" },
        { "sendMessage", """{"chat_id":42,"text":"x","reply_parameters":{"message_id":99}}""", 400, "message to be replied not found" },
        { "sendMessage", Buttons("""{"text":"x"}"""), 400, "Text buttons are unallowed" },
        { "sendMessage", Buttons("""{"text":"x","callback_data":"1","url":"https://x.test"}"""), 400, "exactly one" },
        { "sendMessage", Buttons("""{"callback_data":"1"}"""), 400, "text\" is missing" },
        { "sendMessage", Buttons("""{"text":"x","callback_data":"1","color":"red"}"""), 400, "unknown field" },
        // 33 letters of 2 bytes are 66.
        { "sendMessage", Buttons($$"""{"text":"x","callback_data":"{{new string('ä', 33)}}"}"""), 400, "BUTTON_DATA_INVALID" },
        { "sendMessage", Buttons("""{"text":"x","callback_data":""}"""), 400, "BUTTON_DATA_INVALID" },
        { "sendMessage", Buttons("""{"text":"x","url":"no address"}"""), 400, "BUTTON_URL_INVALID" },
        { "editMessageText", """{"chat_id":42,"message_id":99,"text":"x"}""", 400, "message to edit not found" },
        { "editMessageText", """{"chat_id":42,"message_id":1,"text":"x"}""", 400, "message can't be edited" },
        { "deleteMessage", """{"chat_id":42,"message_id":99}""", 400, "message to delete not found" },
        { "answerCallbackQuery", """{"callback_query_id":"1"}""", 400, "query is too old" },
        { "answerCallbackQuery", $$"""{"callback_query_id":"1","text":"{{new string('x', 201)}}"}""", 400, "0 to 200 characters" },
        { "getUpdates", """{"timeout":51}""", 400, "\"timeout\"" },
        { "getUpdates", """{"limit":101}""", 400, "\"limit\"" },
        { "setMyCommands", """{"commands":[{"command":"Status","description":"x"}]}""", 400, "BOT_COMMAND_INVALID" },
        { "setMyCommands", """{"commands":[{"command":"close-all","description":"x"}]}""", 400, "BOT_COMMAND_INVALID" },
        { "setMyCommands", """{"commands":[{"command":"status","description":""}]}""", 400, "BOT_COMMAND_DESCRIPTION_INVALID" },
        { "setMyCommands", """{"commands":[{"command":"status"}]}""", 400, "description\" is missing" },
        { "setMyCommands", """{"commands":[],"scope":{"type":"chat"}}""", 400, "scope \"chat\"" },
        { "setMyCommands", """{"commands":[],"scope":{"type":"everyone"}}""", 400, "can't be \"everyone\"" },
        { "deleteWebhook", """{"drop_pending_updates":true}""", 400, "never drops" },
        { "sendDocument", """{"chat_id":42,"document":"file-id"}""", 400, "file must be non-empty" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Request_WithAMistake_IsRefused(string method, string body, int code, string words)
    {
        var answer = await AskAsync(method, body);

        Assert.False(answer.GetProperty("ok").GetBoolean());
        Assert.Equal(code, answer.GetProperty("error_code").GetInt32());
        Assert.Contains(words, answer.GetProperty("description").GetString());
        Assert.Single(_server.Messages(42));
    }

    [Theory]
    [InlineData("<b>x</b> <i>y</i>", "x y")]
    [InlineData("<B>x</B>", "x")]
    [InlineData("<blockquote expandable>x</blockquote>", "x")]
    [InlineData("<pre><code class=\"language-c\">a &lt; b</code></pre>", "a < b")]
    [InlineData("<a href=\"https://x.test/?a=1&amp;b=2\">x</a>", "x")]
    [InlineData("  <b>x</b>  ", "x")]
    [InlineData("a > b \"c\"", "a > b \"c\"")]
    public void Html_Right_IsParsed(string html, string expected) => Assert.Equal(expected, BotApiHtml.Parse(html).Text.Trim());

    [Theory]
    [InlineData("<b>x", "Can't find end tag corresponding to start tag \"b\"")]
    [InlineData("x</b>", "Unexpected end tag at byte offset 1")]
    [InlineData("<b><i>x</b></i>", "Unmatched end tag at byte offset 7, expected \"</i>\", found \"</b>\"")]
    [InlineData("<script>x</script>", "Unsupported start tag \"script\"")]
    [InlineData("1 < 2", "Unclosed start tag at byte offset 2")]
    [InlineData("1 < 2 > 1", "Unsupported start tag \"\"")]
    [InlineData("🚀<b", "Unclosed start tag at byte offset 4")]
    [InlineData("<b>x</b", "Unclosed end tag at byte offset 4")]
    [InlineData("a & b", "Unescaped \"&\" at byte offset 2")]
    [InlineData("a &nbsp; b", "Unescaped \"&\" at byte offset 2")]
    [InlineData("<a>x</a>", "must have attribute \"href\"")]
    [InlineData("<a href=https://x.test>x</a>", "Unexpected end of name token")]
    [InlineData("<a href=\"no address\">x</a>", "Unsupported attribute \"href\"")]
    [InlineData("<a href=\"https://x.test/?a&b\">x</a>", "Unescaped \"&\"")]
    [InlineData("<b class=\"x\">x</b>", "Unsupported attribute \"class\"")]
    [InlineData("<b class>x</b>", "Expected equal sign")]
    public void Html_Wrong_IsRefusedInTelegramsWords(string html, string expected)
    {
        var error = Assert.Throws<BotApiError>(() => BotApiHtml.Parse(html));

        Assert.StartsWith("Bad Request: can't parse entities: ", error.Message);
        Assert.Contains(expected, error.Message);
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public async Task SendMessage_TextAtTheLimit_IsCountedAfterParsing(int length, bool isTaken)
    {
        var text = string.Concat(Enumerable.Repeat("&lt;", length));

        var answer = await AskAsync("sendMessage", JsonSerializer.Serialize(new { chat_id = 42, text = $"<b>{text}</b>", parse_mode = "HTML" }));

        Assert.Equal(isTaken, answer.GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("bot1:AAsimulated-Token_not-a-secret-0123", 401)]
    [InlineData("bot7000000001:wrong", 401)]
    [InlineData("bot", 404)]
    [InlineData("botnonsense", 404)]
    public async Task Request_WithAWrongToken_IsRefused(string token, int expected)
    {
        var response = await _http.PostAsync(new Uri(_server.BaseUrl, $"/{token}/getMe"), null);

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task GetUpdates_SecondPoller_EndsTheFirstWithAConflict()
    {
        await AskAsync("getUpdates", """{"offset":900000000}""");
        await AskAsync("getUpdates", """{"offset":500000002}""");
        var first = AskAsync("getUpdates", """{"timeout":50}""");
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(50));

        var second = await AskAsync("getUpdates", """{"timeout":0}""");

        Assert.Equal(409, (await first).GetProperty("error_code").GetInt32());
        Assert.True(second.GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task GetUpdates_OffsetConfirms_AndOneFromAnotherCountDoesNot()
    {
        _server.Write(42, 42, "second");

        // 500,000,003 comes next; more than 10 beyond it is overlooked.
        Assert.Equal(2, await CountAsync("""{"offset":500000014}"""));
        Assert.Equal(2, await CountAsync("{}"));
        Assert.Equal(1, await CountAsync("""{"offset":500000002}"""));
        Assert.Equal(1, await CountAsync("{}"));
        Assert.Equal(0, await CountAsync("""{"offset":500000003}"""));
    }

    [Fact]
    public async Task GetUpdates_KindsNotAllowed_AreNotKept()
    {
        await AskAsync("getUpdates", """{"offset":500000002,"allowed_updates":["callback_query"]}""");

        _server.Write(42, 42, "unwanted");

        Assert.Equal(0, _server.Updates.Count);
    }

    [Fact]
    public async Task AnswerCallbackQuery_TooLateOrTwice_IsRefused()
    {
        await AskAsync("sendMessage", Buttons("""{"text":"Close","callback_data":"close"}"""));
        var message = _server.Messages(42)[^1];
        var answered = _server.Press(message, 42, "Close");
        var late = _server.Press(message, 42, "Close");

        Assert.True((await AskAsync("answerCallbackQuery", JsonSerializer.Serialize(new { callback_query_id = answered }))).GetProperty("ok").GetBoolean());
        Assert.False((await AskAsync("answerCallbackQuery", JsonSerializer.Serialize(new { callback_query_id = answered }))).GetProperty("ok").GetBoolean());
        _time.Advance(TimeSpan.FromSeconds(61));
        Assert.False((await AskAsync("answerCallbackQuery", JsonSerializer.Serialize(new { callback_query_id = late }))).GetProperty("ok").GetBoolean());
        Assert.Equal(answered, Assert.Single(_server.CallbackAnswers).QueryId);
    }

    [Fact]
    public void Press_ButtonThatIsNotThere_Throws()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => _server.Press(_server.Messages(42)[0], 42, "Close"));

        Assert.Contains("No button 'Close'", exception.Message);
    }

    [Fact]
    public async Task FloodLimits_InAChat_AllowThreeInThreeSeconds()
    {
        _server.HasFloodLimits = true;
        for (var sent = 0; sent < 3; sent++)
            Assert.True((await AskAsync("sendMessage", """{"chat_id":42,"text":"x"}""")).GetProperty("ok").GetBoolean());

        _time.Advance(TimeSpan.FromSeconds(1));
        var refused = await AskAsync("sendMessage", """{"chat_id":42,"text":"x"}""");
        Assert.Equal(2, refused.GetProperty("parameters").GetProperty("retry_after").GetInt32());
        Assert.True((await AskAsync("sendMessage", """{"chat_id":-100,"text":"x"}""")).GetProperty("ok").GetBoolean());
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True((await AskAsync("sendMessage", """{"chat_id":42,"text":"x"}""")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task FloodLimits_InAGroup_AllowTwentyAMinute()
    {
        _server.HasFloodLimits = true;
        for (var sent = 0; sent < 20; sent++)
        {
            Assert.True((await AskAsync("sendMessage", """{"chat_id":-100,"text":"x"}""")).GetProperty("ok").GetBoolean());
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        // The first was 20 s ago.
        var refused = await AskAsync("sendMessage", """{"chat_id":-100,"text":"x"}""");
        Assert.Equal(40, refused.GetProperty("parameters").GetProperty("retry_after").GetInt32());
    }

    [Fact]
    public async Task WaitForMessage_SentLater_ComesBack()
    {
        var waiting = _server.WaitForMessageAsync(message => message.Text == "later", ManualTimeProvider.Patience);

        await AskAsync("sendMessage", """{"chat_id":42,"text":"later"}""");

        Assert.Null((await waiting).UserId);
        Assert.Equal("from Ann", (await _server.WaitForMessageAsync(message => message.UserId == 42, ManualTimeProvider.Patience)).Text);
    }

    private static string Buttons(string button) => """{"chat_id":42,"text":"x","reply_markup":{"inline_keyboard":[[BUTTON]]}}""".Replace("BUTTON", button, StringComparison.Ordinal);

    private async Task<int> CountAsync(string body) => (await AskAsync("getUpdates", body)).GetProperty("result").GetArrayLength();

    private async Task<JsonElement> AskAsync(string method, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(new Uri(_server.BaseUrl, $"/bot{BotApiServer.Token.Reveal()}/{method}"), content);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
