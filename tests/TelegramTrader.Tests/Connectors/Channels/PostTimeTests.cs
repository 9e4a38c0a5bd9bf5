using System.Text.Json;
using TelegramTrader.Connectors.Channels;

namespace TelegramTrader.Tests.Connectors.Channels;

public sealed class PostTimeTests
{
    [Theory]
    [InlineData("1767268800", 1_767_268_800_000)]
    [InlineData("1767268800.5", 1_767_268_800_500)]
    [InlineData("1767268800123", 1_767_268_800_123)]
    [InlineData("\"1767268800\"", 1_767_268_800_000)]
    [InlineData("\"2026-01-01T12:00:00Z\"", 1_767_268_800_000)]
    [InlineData("\"2026-01-01T15:00:00+03:00\"", 1_767_268_800_000)]
    [InlineData("\"2026-01-01 12:00:00.123Z\"", 1_767_268_800_123)]
    public void TryRead_ATime_IsRead(string json, long milliseconds)
    {
        Assert.True(PostTime.TryRead(Element(json), out var at));
        Assert.Equal(milliseconds, at.UnixMilliseconds);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("-1767268800")]
    [InlineData("1e30")]
    [InlineData("99999999999999999999999999999999999999999")]
    [InlineData("\"2026-01-01T12:00:00\"")]
    [InlineData("\"2026-13-01T12:00:00Z\"")]
    [InlineData("\"{{timenow}}\"")]
    [InlineData("true")]
    [InlineData("[]")]
    public void TryRead_WhatIsNoTime_IsNone(string json) => Assert.False(PostTime.TryRead(Element(json), out _));

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
