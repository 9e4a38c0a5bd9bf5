using Microsoft.Extensions.Logging;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Connectors.Channels.FileDrop;

/// <summary>
/// Makes posts of the files (<c>.txt</c>, <c>.json</c>, <c>.jsonl</c>) that are dropped into a folder, the oldest first. A file is read once it has stopped growing, handed over, and only then
/// moved to <c>done</c>; one that can't be read goes to <c>refused</c>, with the reason beside it. Whoever dies between handing over and moving hands the same posts over again under the
/// same ids, and they are traded once: the id is made of the file's name and content. So the same file dropped again later is no new post either.
/// </summary>
public sealed class FileDropSource(FileDropOptions options, PostSink sink, TimeProvider time, ILogger<FileDropSource> log)
{
    private static readonly string[] Endings = [".txt", ".json", ".jsonl"];

    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _troubled = new(StringComparer.Ordinal);
    private readonly string _folder = Path.GetFullPath(options.Folder);

    private string Done => Path.Combine(_folder, "done");

    private string Refused => Path.Combine(_folder, "refused");

    /// <summary>Looks at the folder again and again until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(options.LookEvery, time);
        do
            await LookAsync(cancellation);
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>Looks once, and takes what is complete. What goes wrong with one file or the folder is logged once and tried again.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        IReadOnlyList<FileInfo> files;
        try
        {
            files = Complete();
            _troubled.Remove(_folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Trouble(_folder, exception);
            return;
        }

        foreach (var file in files)
        {
            try
            {
                await TakeAsync(file, cancellation);
                _troubled.Remove(file.Name);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Trouble(file.Name, exception);
            }
        }
    }

    /// <summary>The files whose size and time have been the same for long enough, in the order in which they were written.</summary>
    private IReadOnlyList<FileInfo> Complete()
    {
        Directory.CreateDirectory(Done);
        Directory.CreateDirectory(Refused);
        var now = time.GetTimestamp();
        var files = new DirectoryInfo(_folder).EnumerateFiles()
            .Where(file => Endings.Contains(file.Extension.ToLowerInvariant()) && !file.Name.StartsWith('.') && file.LinkTarget is null)
            .ToArray();
        foreach (var gone in _seen.Keys.Except(files.Select(file => file.Name)).ToArray())
            _seen.Remove(gone);
        var complete = new List<FileInfo>();
        foreach (var file in files)
        {
            if (_seen.TryGetValue(file.Name, out var seen) && seen.Length == file.Length && seen.Written == file.LastWriteTimeUtc)
            {
                if (time.GetElapsedTime(seen.Since, now) >= options.SettledAfter)
                    complete.Add(file);
                continue;
            }

            _seen[file.Name] = new Seen(file.Length, file.LastWriteTimeUtc, now);
        }

        return [.. complete.OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)];
    }

    private async Task TakeAsync(FileInfo file, CancellationToken cancellation)
    {
        if (file.Length > options.LargestBytes)
        {
            Refuse(file, $"the file has {file.Length} bytes; at most {options.LargestBytes} are read");
            return;
        }

        var content = await File.ReadAllBytesAsync(file.FullName, cancellation);
        if (content.Length != file.Length)
            // It has grown after all; it is looked at again.
            return;
        var (posts, refusal) = DroppedFile.Read(file.Name, content, new ChannelId(options.Channel), Instant.From(file.LastWriteTimeUtc), Instant.From(time.GetUtcNow()));
        if (refusal is not null)
        {
            Refuse(file, refusal);
            return;
        }

        var fresh = 0;
        foreach (var post in posts)
            if (await sink(post, cancellation))
                fresh++;
        Move(file, Done);
        if (fresh == posts.Count)
            log.LogInformation("{Channel}: the file {File} was taken with {Count} posts", options.Channel, file.Name, fresh);
        else
            log.LogWarning("{Channel}: of the {Count} posts of the file {File}, {Known} were handed over before and are not taken again", options.Channel, posts.Count, file.Name, posts.Count - fresh);
    }

    private void Refuse(FileInfo file, string reason)
    {
        var moved = Move(file, Refused);
        File.WriteAllText(moved + ".reason", reason + "\n");
        log.LogWarning("{Channel}: the file {File} was refused: {Reason}", options.Channel, file.Name, reason);
    }

    /// <summary>Moves it without writing over one of the same name. Where it is then.</summary>
    private string Move(FileInfo file, string folder)
    {
        _seen.Remove(file.Name);
        for (var number = 1; ; number++)
        {
            var target = Path.Combine(folder, number == 1 ? file.Name : $"{Path.GetFileNameWithoutExtension(file.Name)}-{number}{file.Extension}");
            if (File.Exists(target))
                continue;
            File.Move(file.FullName, target);
            return target;
        }
    }

    private void Trouble(string what, Exception exception)
    {
        if (_troubled.Add(what))
            log.LogError("{Channel}: {What} can't be used, and is tried again: {Problem}", options.Channel, what, exception.Message);
    }

    private sealed record Seen(long Length, DateTime Written, long Since);
}
