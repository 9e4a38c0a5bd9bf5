namespace TelegramTrader.Tests.Support;

/// <summary>
/// Compares what people see with a file that somebody approved: a change shows in the diff and is meant. With TELEGRAMTRADER_APPROVE=1 the file is written anew.
/// </summary>
internal static class Approved
{
    /// <param name="path">From the root of the project.</param>
    public static void Matches(string path, string actual)
    {
        var file = ProjectFolder.Path(path.Split('/'));
        if (Environment.GetEnvironmentVariable("TELEGRAMTRADER_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"{path} does not exist. Run the tests with TELEGRAMTRADER_APPROVE=1 and look at what they write.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual.ReplaceLineEndings("\n"));
    }
}
