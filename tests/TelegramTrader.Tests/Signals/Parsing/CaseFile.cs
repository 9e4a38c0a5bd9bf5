using System.Reflection;

namespace TelegramTrader.Tests.Signals.Parsing;

/// <summary>One post with the result it must have.</summary>
public sealed record ParserCase(string File, string Name, string Post, string Expected, bool IsReply)
{
    public override string ToString() => $"{File}: {Name}";
}

/// <summary>
/// Reads the case files that are built into the tests, one a dialect. <c>### name</c> opens a case (<c>### name (reply)</c>: the post answers
/// another one), a line <c>=&gt;</c> parts the post from its expected summary.
/// </summary>
internal static class CaseFiles
{
    private const string Folder = ".Signals.Parsing.Cases.";
    private const string Reply = " (reply)";

    public static IEnumerable<ParserCase> All()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(Folder, StringComparison.Ordinal) && name.EndsWith(".cases", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var file = name[(name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];
            foreach (var item in Read(file, reader.ReadToEnd()))
                yield return item;
        }
    }

    public static IEnumerable<ParserCase> Read(string file, string content)
    {
        foreach (var part in content.ReplaceLineEndings("\n").Split("\n### ").Skip(1))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            var name = part[..end];
            var sides = part[(end + 1)..].Split("\n=>");
            var isReply = name.EndsWith(Reply, StringComparison.Ordinal);
            yield return new ParserCase(file, isReply ? name[..^Reply.Length] : name, sides[0], sides.Length > 1 ? sides[1].Trim('\n') : "", isReply);
        }
    }
}
