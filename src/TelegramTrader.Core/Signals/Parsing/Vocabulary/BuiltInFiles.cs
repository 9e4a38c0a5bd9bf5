using System.Reflection;

namespace TelegramTrader.Core.Signals.Parsing.Vocabulary;

/// <summary>The data files that are built into the program, by folder.</summary>
internal static class BuiltInFiles
{
    /// <summary>Name and reader of every file with the given ending, in the order of their names.</summary>
    public static IEnumerable<(string Name, TextReader Lines)> EndingWith(string ending)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The built-in file {name} can't be opened.");
            using var reader = new StreamReader(stream);
            yield return (name, reader);
        }
    }
}
