using System.Security.Cryptography;

namespace TelegramTrader.Connectors.Storage.Secrets;

/// <summary>
/// The key with which secrets are encrypted on disk: 32 bytes, from the environment or from a file that only its owner may read. It never lies in the data folder,
/// so that a copy of the data gives nothing away.
/// </summary>
public sealed class SecretKey
{
    /// <summary>The key as 44 characters of base64; wins over the file.</summary>
    public const string Variable = "TELEGRAMTRADER_KEY";

    private const int Length = 32;

    private readonly byte[] _bytes;

    private SecretKey(byte[] bytes) => _bytes = bytes;

    /// <summary>Where the key lies unless the environment gives it.</summary>
    public static string DefaultFile => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "telegramtrader", "secret.key");

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Takes the key from the environment or the file; makes the file with a new key when there is none.</summary>
    /// <param name="fromEnvironment">What <see cref="Variable"/> holds; null or empty when it is not set.</param>
    /// <param name="file">Its full path.</param>
    /// <exception cref="SecretStoreException">The key can't be used: it is no key, or others may read the file.</exception>
    public static SecretKey Take(string? fromEnvironment, string file)
    {
        if (!string.IsNullOrWhiteSpace(fromEnvironment))
            return new SecretKey(Decoded(fromEnvironment.Trim(), $"the environment variable {Variable}"));
        try
        {
            return File.Exists(file) ? Read(file) : Make(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SecretStoreException($"The key file '{file}' can't be used: {exception.Message}", exception);
        }
    }

    public override string ToString() => "(secret key)";

    private static SecretKey Read(string file)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
            throw new SecretStoreException($"The key file '{file}' may be read by others: run chmod 600 on it. Until then nothing is decrypted.");
        return new SecretKey(Decoded(File.ReadAllText(file).Trim(), $"the key file '{file}'"));
    }

    private static SecretKey Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var key = RandomNumberGenerator.GetBytes(Length);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        using (var writer = new StreamWriter(stream, leaveOpen: true))
            writer.WriteLine(Convert.ToBase64String(key));
        stream.Flush(flushToDisk: true);
        return new SecretKey(key);
    }

    private static byte[] Decoded(string text, string where)
    {
        var bytes = new byte[Length];
        // What was found is not repeated: it may be another secret.
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Length
            ? bytes
            : throw new SecretStoreException($"{char.ToUpperInvariant(where[0])}{where[1..]} does not hold a key: it must be {Length} bytes as base64.");
    }
}
