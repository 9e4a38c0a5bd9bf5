using TelegramTrader.Chat;

namespace TelegramTrader.Cli;

/// <summary>Saves pictures for whoever sits at a terminal, which shows none. A picture of the same name takes the place of the one before.</summary>
public sealed class PictureFolder(PictureDesk pictures, string folder)
{
    /// <returns>One line: where it is, or why there is none.</returns>
    public async Task<string> SaveAsync(ChatPicture picture, CancellationToken cancellation)
    {
        var title = TerminalText.Plain(picture.Title);
        var (file, trouble) = await pictures.DrawAsync(picture, cancellation);
        if (file is null)
            return $"No picture ({title}): {TerminalText.Plain(trouble)}";
        try
        {
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, file.Name);
            await File.WriteAllBytesAsync(path, file.Png, cancellation);
            return $"Picture: {title}, in {path}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"No picture ({title}): it could not be saved: {exception.Message}";
        }
    }
}
