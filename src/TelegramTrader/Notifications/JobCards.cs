using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TelegramTrader.Chat;
using TelegramTrader.Chat.Jobs;
using TelegramTrader.Connectors.Storage.Jobs;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Jobs.Work;
using TelegramTrader.Settings;
using TelegramTrader.TelegramFront;

namespace TelegramTrader.Notifications;

/// <summary>
/// One message a job, edited from the queue to the result: always the present state, so that what happened while Telegram was away needs one edit, and the same message over restarts. The
/// end is told in any case, progress when there is time for it.
/// </summary>
public sealed class JobCards(JobStore store, JobDesk desk, JobRunner runner, JobFiles files, PictureDesk pictures, TelegramSender sender, JobSettings settings, TimeProvider time, ILogger<JobCards> log) : BackgroundService
{
    // Telegram lets a bot say twenty things a minute in a group; most of that is for answers.
    private static readonly TimeSpan BetweenEditsInGroups = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(10);

    private readonly Channel<bool> _wakeUps = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<int, Shown> _shown = new();
    // The chat's first message comes from whoever answered there. These have none, and nobody who will send it.
    private readonly ConcurrentDictionary<int, bool> _withoutMessage = new();
    private readonly Dictionary<long, Task> _underway = [];

    /// <summary>The message with the answer to whoever asked is the card from now on.</summary>
    /// <param name="messageId">Null when the answer did not arrive.</param>
    public void TakeOver(int number, long? messageId)
    {
        if (messageId is { } known)
            store.SetMessage(number, known);
        else
            _withoutMessage[number] = true;
        Wake();
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var job in store.Untold().Where(job => job is { Place: not null, MessageId: null }))
            _withoutMessage[job.Number] = true;
        runner.Changed += OnChanged;
        Wake();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        runner.Changed -= OnChanged;
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                _wakeUps.Reader.TryRead(out _);
                // A chat that Telegram slows down must not hold up the others; it gets the newest state when its turn comes.
                foreach (var chat in store.Untold().Where(job => job.Place is not null && (job.MessageId is not null || _withoutMessage.ContainsKey(job.Number))).GroupBy(job => job.Place!.ChatId))
                    if (!_underway.TryGetValue(chat.Key, out var underway) || underway.IsCompleted)
                        _underway[chat.Key] = ShowAsync([.. chat], stoppingToken);
                await WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_underway.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ShowAsync(IReadOnlyList<StoredJob> jobs, CancellationToken cancellation)
    {
        try
        {
            var hasShown = false;
            foreach (var job in jobs)
                hasShown |= await ShowAsync(job, cancellation);
            if (hasShown)
                // What changed meanwhile is to be shown now.
                Wake();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogError(exception, "The cards of jobs could not be brought up to date; they are tried again");
        }
    }

    /// <summary>False when there was nothing to show, or it has to be tried again later.</summary>
    private async Task<bool> ShowAsync(StoredJob job, CancellationToken cancellation)
    {
        var before = _shown.GetValueOrDefault(job.Number);
        // A person reads no faster, and Telegram counts edits too.
        if (before is not null && before.State == job.State && !job.HasEnded && time.GetElapsedTime(before.At) < BetweenEdits(job.Place!.ChatId))
            return false;
        var answer = JobText.Card(job, desk.ProgressOf(job.Number), desk.PlaceInQueue(job.Number));
        var text = string.Join('\n', answer.Rows.Select(row => row.PlainText));
        if (before?.Text == text)
            return false;
        var message = new OutgoingMessage
        {
            ChatId = job.Place!.ChatId,
            MessageThreadId = job.Place.ThreadId,
            EditMessageId = job.MessageId,
            Text = TelegramMarkup.Write(answer),
            Priority = job.HasEnded ? MessagePriority.Answer : MessagePriority.Card,
        };
        var outcome = await sender.SendAsync(message, cancellation);
        // Somebody deleted the card. Its end is told all the same, once.
        if (outcome is SendOutcome.EditTargetGone && job.HasEnded)
            outcome = await sender.SendAsync(message with { EditMessageId = null }, cancellation);
        if (outcome is SendOutcome.QueueFull)
            return false;
        _shown[job.Number] = new Shown(text, job.State, time.GetTimestamp());
        if (outcome is SendOutcome.Delivered && job.MessageId is null && outcome.MessageIds is [var messageId, ..])
        {
            store.SetMessage(job.Number, messageId);
            _withoutMessage.TryRemove(job.Number, out _);
        }

        if (outcome is SendOutcome.Refused refused)
            log.LogWarning("The card of job {Number} was refused: {Refusal}", job.Number, refused.Refusal);
        if (job.HasEnded && outcome is not SendOutcome.Superseded)
        {
            if (outcome is SendOutcome.Delivered)
                await SendPicturesAsync(job, outcome.MessageIds is [var card, ..] ? card : job.MessageId, cancellation);
            store.MarkTold(job.Number);
            _shown.TryRemove(job.Number, out _);
            _withoutMessage.TryRemove(job.Number, out _);
        }

        return true;
    }

    /// <summary>What can't be drawn is left out; /jobs NUMBER says why.</summary>
    private async Task SendPicturesAsync(StoredJob job, long? card, CancellationToken cancellation)
    {
        foreach (var chart in job.State == JobState.Done ? files.ChartsOf(job.Number) : [])
        {
            var (file, trouble) = await pictures.DrawAsync(ChatPicture.Of(chart), cancellation);
            if (file is null)
            {
                log.LogWarning("No picture '{Title}' of job {Number}: {Trouble}", chart.Title, job.Number, trouble);
                continue;
            }

            var outcome = await sender.SendAsync(
                new OutgoingMessage
                {
                    ChatId = job.Place!.ChatId,
                    MessageThreadId = job.Place.ThreadId,
                    Text = TelegramMarkup.Write(ChatAnswer.Of($"Job {job.Number}: {chart.Title}")),
                    Attachment = new Attachment.Photo(new InputFile(file.Name, file.Png, "image/png")),
                    ReplyTo = card,
                    Priority = MessagePriority.Answer,
                }, cancellation);
            if (outcome is not SendOutcome.Delivered)
                log.LogWarning("A picture of job {Number} was not delivered: {Outcome}", job.Number, outcome);
        }
    }

    private TimeSpan BetweenEdits(long chatId) => chatId < 0 && settings.ProgressEvery < BetweenEditsInGroups ? BetweenEditsInGroups : settings.ProgressEvery;

    private void OnChanged(int number) => Wake();

    private void Wake() => _wakeUps.Writer.TryWrite(true);

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(_wakeUps.Reader.WaitToReadAsync(over.Token).AsTask(), Task.Delay(TryAgainAfter, time, over.Token));
        await over.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }

    private sealed record Shown(string Text, JobState State, long At);
}
