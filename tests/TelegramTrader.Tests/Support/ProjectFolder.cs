namespace TelegramTrader.Tests.Support;

/// <summary>The folder of the solution, found from where the tests run.</summary>
internal static class ProjectFolder
{
    public static string Root { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    public static IEnumerable<string> Sources(string under) =>
        Directory.EnumerateFiles(Path(under), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{System.IO.Path.DirectorySeparatorChar}obj{System.IO.Path.DirectorySeparatorChar}") && !file.Contains($"{System.IO.Path.DirectorySeparatorChar}bin{System.IO.Path.DirectorySeparatorChar}"));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "TelegramTrader.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No solution was found above {AppContext.BaseDirectory}.");
    }
}
