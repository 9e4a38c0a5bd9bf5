namespace TelegramTrader.Connectors.Storage;

/// <summary>
/// Keeps a second process out of the folder. The system itself holds the lock and lets go of it when the process ends in whatever way, so that nothing
/// has to be tidied up after a crash.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Makes the folder if needed and takes the lock. Throws <see cref="DataFolderException"/>.</summary>
    public static FolderLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(folder, exception);
        }

        var path = Path.Combine(folder, "in-use.lock");
        try
        {
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException exception)
        {
            throw NotWritable(folder, exception);
        }
        catch (IOException exception) when (!CanWrite(folder))
        {
            throw NotWritable(folder, exception);
        }
        catch (IOException exception)
        {
            throw new DataFolderException(
                $"The data folder '{folder}' is in use by another running TelegramTrader: stop that one, or start this one with another data folder.", exception);
        }
    }

    public void Dispose() => _file.Dispose();

    // A lock that is held and a folder that can't be written both come as IOException; another file tells them apart.
    private static bool CanWrite(string folder)
    {
        var probe = Path.Combine(folder, "write-test.tmp");
        try
        {
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static DataFolderException NotWritable(string folder, Exception exception) => new(
        $"The data folder '{folder}' can't be written to: give this user the right to write there, or start with another data folder. ({exception.Message})", exception);
}
