using System.Text;

namespace TelegramTrader.Tests.Web.Webhook;

/// <summary>What a stranger, or a broken sender, may try.</summary>
public sealed class WebhookAbuseTests
{
    [Theory]
    [InlineData("/hooks/desk", "wrong", "LONG BTC")]
    [InlineData("/hooks/desk", "", "LONG BTC")]
    [InlineData("/hooks/desk", WebhookStage.Secret + "x", "LONG BTC")]
    [InlineData("/hooks/desk", WebhookStage.OtherSecret, "LONG BTC")]
    [InlineData("/hooks/desk?secret=wrong", null, "LONG BTC")]
    [InlineData("/hooks/desk", null, "LONG BTC")]
    [InlineData("/hooks/desk", null, "")]
    [InlineData("/hooks/desk", null, "{\"text\":\"LONG BTC\"}")]
    [InlineData("/hooks/desk", null, "{\"secret\":\"wrong\",\"text\":\"LONG BTC\"}")]
    [InlineData("/hooks/desk", null, "{\"secret\":5,\"text\":\"LONG BTC\"}")]
    [InlineData("/hooks/desk", "wrong", "{\"secret\":\"" + WebhookStage.Secret + "\",\"text\":\"LONG BTC\"}")]
    [InlineData("/hooks/nobody", WebhookStage.Secret, "LONG BTC")]
    [InlineData("/hooks/nobody", null, "LONG BTC")]
    public async Task Post_WithoutTheRightSecret_IsRefusedAlikeWhateverIsWrong(string path, string? secret, string body)
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal((401, "Wrong source or secret.\n"), await stage.PostAsync(body, path, secret));
        Assert.Empty(stage.Posts);
    }

    [Fact]
    public async Task Log_WhateverIsTried_HasNoSecretAndOneLineAMinute()
    {
        await using var stage = await WebhookStage.StartAsync();
        await stage.PostAsync("LONG BTC", "/hooks/desk?secret=guessed-secret-number-1", null);
        await stage.PostAsync("""{"secret":"guessed-secret-number-2","text":"x"}""", secret: null);
        await stage.PostAsync("LONG BTC", secret: "guessed-secret-number-3");
        await stage.PostAsync("LONG BTC", "/hooks/desk?secret=" + WebhookStage.Secret, null);
        await stage.PostAsync("""{"secret":"correct-horse-battery-staple","ticker":"correct-horse-battery-staple"}""", secret: null);
        Assert.DoesNotContain(stage.Log.Entries, entry => entry.Text.Contains("guessed", StringComparison.Ordinal) || entry.Text.Contains("horse", StringComparison.Ordinal));
        Assert.Single(stage.Log.Entries, entry => entry.Text.Contains("wrong source or secret", StringComparison.Ordinal));
        stage.Time.Advance(TimeSpan.FromMinutes(1));
        await stage.PostAsync("LONG BTC", secret: "wrong");
        Assert.Equal(2, stage.Log.Entries.Count(entry => entry.Text.Contains("wrong source or secret", StringComparison.Ordinal)));
        // Nor has what is stored.
        Assert.DoesNotContain(stage.Posts, post => post.Text.Contains("horse", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_ARecordedCallPlayedAgain_IsNotTakenTwice()
    {
        await using var stage = await WebhookStage.StartAsync();
        var body = $$"""{"text":"LONG BTC","time":{{stage.Time.GetUtcNow().ToUnixTimeSeconds()}}}""";
        Assert.Equal(202, (await stage.PostAsync(body)).Status);
        stage.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(202, (await stage.PostAsync(body)).Status);
        stage.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(422, (await stage.PostAsync(body)).Status);
        Assert.Single(stage.Posts);
    }

    [Theory]
    [InlineData(-301, 422)]
    [InlineData(-300, 202)]
    [InlineData(60, 202)]
    [InlineData(61, 422)]
    public async Task Post_WithATime_IsTakenFromFiveMinutesOldToAMinuteAhead(int seconds, int status)
    {
        await using var stage = await WebhookStage.StartAsync();
        var time = stage.Time.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds();
        Assert.Equal(status, (await stage.PostAsync($$"""{"text":"LONG BTC","timestamp":"{{time}}"}""")).Status);
        Assert.All(stage.Posts, post => Assert.True(post.PostedAt <= post.ReceivedAt));
    }

    [Theory]
    [InlineData("{\"text\":", "the body begins like JSON and is not valid JSON")]
    [InlineData("[1]", "the body must be a JSON object or plain text, but is a list")]
    [InlineData("   ", "the body is empty")]
    [InlineData("{\"text\":\"\\ud83d\"}", "the body has an escape that is no character")]
    public async Task Post_WhatIsNoMessage_IsRefused(string body, string problem)
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal((400, $"Refused: {problem}.\n"), await stage.PostAsync(body));
    }

    [Fact]
    public async Task Post_JsonNestedWithoutEnd_IsRefused()
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal(400, (await stage.PostAsync("{\"a\":" + new string('[', 30_000))).Status);
    }

    [Fact]
    public async Task Post_InvalidUtf8_IsRefused()
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal((400, "Refused: the body is not UTF-8.\n"), await stage.PostAsync([(byte)'L', 0xFF, 0xFE]));
    }

    [Theory]
    [InlineData(65_536, 202)]
    [InlineData(65_537, 413)]
    public async Task Post_ABody_MayHave64Kilobytes(int length, int status)
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal(status, (await stage.PostAsync(new string('x', length))).Status);
    }

    [Fact]
    public async Task Post_TenMegabytesAnnounced_AreRefusedUnread()
    {
        await using var stage = await WebhookStage.StartAsync();
        await using var stream = await stage.ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(WebhookStage.Head(10_000_000)));
        Assert.Equal(413, await WebhookStage.StatusAsync(stream));
    }

    [Fact]
    public async Task Post_ABodyInChunksWithoutEnd_IsRefusedAtTheLimit()
    {
        await using var stage = await WebhookStage.StartAsync();
        await using var stream = await stage.ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /hooks/desk HTTP/1.1\r\nHost: x\r\nX-Secret: {WebhookStage.Secret}\r\nTransfer-Encoding: chunked\r\n\r\n"));
        for (var chunk = 0; chunk < 9; chunk++)
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"2000\r\n{new string('x', 0x2000)}\r\n"));
        Assert.Equal(413, await WebhookStage.StatusAsync(stream));
        Assert.Empty(stage.Posts);
    }

    [Fact]
    public async Task Post_ABodyThatDoesNotArrive_IsGivenUp()
    {
        await using var stage = await WebhookStage.StartAsync();
        await using var stream = await stage.ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(WebhookStage.Head(100) + "LONG"));
        await stage.Time.WaitForTimerAsync(TimeSpan.FromSeconds(5));
        stage.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(408, await WebhookStage.StatusAsync(stream));
        Assert.Empty(stage.Posts);
    }

    [Fact]
    public async Task Post_ASenderThatHangsUpInTheMiddle_LeavesNothing()
    {
        await using var stage = await WebhookStage.StartAsync();
        await using (var stream = await stage.ConnectAsync())
            await stream.WriteAsync(Encoding.ASCII.GetBytes(WebhookStage.Head(100) + "LONG BTC"));
        Assert.Equal(202, (await stage.PostAsync("LONG ETH")).Status);
        Assert.Equal("LONG ETH", Assert.Single(stage.Posts).Text);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task Call_WithAnotherMethod_IsRefused(string method)
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal(405, (await stage.PostAsync("LONG BTC"u8.ToArray(), method: new HttpMethod(method))).Status);
        Assert.Empty(stage.Posts);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/hooks")]
    [InlineData("/hooks/")]
    [InlineData("/hooks/desk/more")]
    [InlineData("/Hooks/desk")]
    [InlineData("/other/desk")]
    public async Task Post_ToAnotherAddress_FindsNothing(string path)
    {
        await using var stage = await WebhookStage.StartAsync();
        Assert.Equal(404, (await stage.PostAsync("LONG BTC", path)).Status);
    }

    [Fact]
    public async Task Post_WithAFloodOfHeaders_IsRefused()
    {
        await using var stage = await WebhookStage.StartAsync();
        await using var many = await stage.ConnectAsync();
        await many.WriteAsync(Encoding.ASCII.GetBytes(WebhookStage.Head(2, string.Concat(Enumerable.Range(0, 100).Select(number => $"X-Header-{number}: x\r\n"))) + "hi"));
        Assert.Equal(431, await WebhookStage.StatusAsync(many));
        await using var large = await stage.ConnectAsync();
        await large.WriteAsync(Encoding.ASCII.GetBytes(WebhookStage.Head(2, $"X-Large: {new string('x', 20_000)}\r\n") + "hi"));
        Assert.Equal(431, await WebhookStage.StatusAsync(large));
        Assert.Equal(202, (await stage.PostAsync("LONG BTC")).Status);
    }

    [Fact]
    public async Task Post_ManyAtOnce_TakesEachOnce()
    {
        await using var stage = await WebhookStage.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => stage.PostAsync($$"""{"id":{{number % 20}},"text":"LONG BTC"}""")));
        Assert.All(answers, answer => Assert.Equal(202, answer.Status));
        Assert.Equal(20, stage.Posts.Count);
    }
}
