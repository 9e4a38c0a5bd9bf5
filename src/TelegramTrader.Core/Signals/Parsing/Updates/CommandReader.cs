using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals.Parsing.Symbols;
using TelegramTrader.Core.Signals.Parsing.Tokens;

namespace TelegramTrader.Core.Signals.Parsing.Updates;

/// <summary>Reads slash commands: /close, /close btcusdt, /close_all, /close_long, /close_short, /cancel, /exit, /enter 20.</summary>
internal static class CommandReader
{
    private static readonly string[] Closing = ["close", "exit"];

    /// <summary>Null when the post is no command that we know.</summary>
    public static ParsedUpdate? Read(Post post, IReadOnlyList<SymbolMention> mentions)
    {
        if (post.Count < 2 || !post.IsSign(0, '/') || !post[1].IsGlued || post[1].Kind != TokenKind.Word)
            return null;
        var name = CommandName(post, out var last);
        var pair = mentions.Count > 0 && mentions[0].First > last ? new PairName(mentions[0].Base, mentions[0].Quote) : null;
        var (start, length) = post.OriginalSpan(0, last);
        ParsedUpdate Update(UpdateAction action, string value) => new()
        {
            Action = action,
            Pair = pair,
            Fields = [new ReadField("action", start, length, value, 0.99)],
        };

        if (Closing.Contains(name))
            return Update(UpdateAction.Close, "close");
        return name switch
        {
            "cancel" => Update(UpdateAction.Cancel, "cancel"),
            "closeall" or "exitall" => Update(UpdateAction.Close, "close all") with { EveryTrade = true },
            "cancelall" => Update(UpdateAction.Cancel, "cancel all") with { EveryTrade = true },
            "closelong" => Update(UpdateAction.Close, "close longs") with { EveryTrade = true, OnlySide = TradeSide.Long },
            "closeshort" => Update(UpdateAction.Close, "close shorts") with { EveryTrade = true, OnlySide = TradeSide.Short },
            "enter" or "reenter" => Update(UpdateAction.Other, "enter") with { Fraction = Percent(post, last + 1) },
            _ => null,
        };
    }

    /// <summary>The command without its underscores: close_all and closeall are one.</summary>
    private static string CommandName(Post post, out int last)
    {
        var name = Plain(post, 1);
        last = 1;
        while (post.IsSign(last + 1, '_') && post[last + 1].IsGlued && last + 2 < post.Count && post[last + 2].Kind == TokenKind.Word && post[last + 2].IsGlued)
        {
            name += Plain(post, last + 2);
            last += 2;
            if (name.Length > 20)
                break;
        }

        return name;
    }

    private static string Plain(Post post, int i) =>
        post.Tokens.Span(i).ToString().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static decimal? Percent(Post post, int i) =>
        post.IsNumber(i) && post.NumberOf(i).Value is > 0m and <= 100m ? post.NumberOf(i).Value / 100m : null;
}
