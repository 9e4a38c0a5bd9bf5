using Microsoft.Extensions.Logging;
using TelegramTrader.Channels;
using TelegramTrader.Chat;
using TelegramTrader.Connectors.Channels;
using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Telegram;
using TelegramTrader.Connectors.Telegram.Requests;
using TelegramTrader.Connectors.Telegram.Sending;
using TelegramTrader.Connectors.Telegram.Types;
using TelegramTrader.Core.Market;

namespace TelegramTrader.TelegramFront;

/// <summary>
/// The login of the account that reads channels, in the private chat of an admin: phone number, code (tapped, so that it never is a message), password. What is typed is
/// deleted from the chat at once, and nothing of it is logged, stored or kept longer than it takes to hand it to Telegram. While Telegram is asked, every other command works.
/// </summary>
public sealed class ChatLogin(ChannelParts parts, ITelegramApi api, TelegramSender sender, KeyValueStore values, TimeProvider time, ILogger<ChatLogin> log)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);

    private const string WindowKey = "login-in-chat";

    private readonly Lock _gate = new();
    private LoginTalk? _talk;

    private Instant Now => Instant.From(time.GetUtcNow());

    /// <summary>Whether the message belonged to a login, so that nobody else may see it.</summary>
    /// <param name="message">In the private chat of an admin.</param>
    public async Task<bool> TakeAsync(Message message, long user, CancellationToken cancellation)
    {
        var text = (message.Text ?? message.Caption)?.Trim() ?? "";
        if (text is "/login" || text.StartsWith("/login@", StringComparison.Ordinal))
        {
            Begin(message.Chat.Id, user, cancellation);
            return true;
        }

        if (text.StartsWith('/'))
        {
            if (text != "/cancel" || Current(user) is null)
                return false;
            End();
            Say(message.Chat.Id, "The login is cancelled; nothing was changed.", cancellation);
            return true;
        }

        if (Current(user) is not { } talk || talk.ChatId != message.Chat.Id || talk.Next == NextLoginStep.Code)
            return await IsLeftOverAsync(message, user, cancellation);
        var isDeleted = await DeleteAsync(message, cancellation);
        if (!isDeleted)
            Say(talk.ChatId, "Your message could not be deleted: delete it yourself.", cancellation);
        Give(talk, text, cancellation);
        return true;
    }

    /// <summary>Whether it was a key of the keypad. Answers the tap itself only by what the keypad then shows.</summary>
    public bool Press(CallbackQuery tap, CancellationToken cancellation)
    {
        if (!LoginKeys.TryRead(tap.Data, out var login, out var key))
            return false;
        if (tap.Message is not { } pad)
            return true;
        if (Current(tap.From.Id) is not { } talk || talk.Id != login || talk.ChatId != pad.Chat.Id || talk.Next != NextLoginStep.Code)
        {
            Show(pad.Chat.Id, ChatAnswer.Of("This login is over. /login begins anew."), pad.MessageId, cancellation);
            return true;
        }

        if (talk.IsBusy)
            return true;
        switch (key)
        {
            case LoginKeys.Cancel:
                End();
                Show(talk.ChatId, ChatAnswer.Of("The login is cancelled; nothing was changed."), pad.MessageId, cancellation);
                return true;
            case LoginKeys.Erase:
                talk.Erase();
                break;
            case >= '0' and <= '9':
                talk.Press(key);
                break;
        }

        if (key == LoginKeys.Done ? talk.Digits > 0 : talk.IsCodeComplete)
        {
            Show(talk.ChatId, ChatAnswer.Of("The code is with Telegram…"), pad.MessageId, cancellation);
            Give(talk, talk.TakeCode(), cancellation);
        }
        else
        {
            Show(talk.ChatId, talk.Keypad("Telegram sent a code."), pad.MessageId, cancellation);
        }

        return true;
    }

    private void Begin(long chat, long user, CancellationToken cancellation)
    {
        switch (parts.Account.State)
        {
            case AccountState.Ready ready:
                Say(chat, $"Logged in already, as {ready.Account.Name}. /follow @name follows a channel.", cancellation);
                return;
            case AccountState.Unreachable unreachable:
                Say(chat, unreachable.Reason, cancellation);
                return;
            case AccountState.Waiting:
                Say(chat, parts.Gateway.Health.ToString(), cancellation);
                return;
        }

        if (Running() is { } other && other.UserId != user)
        {
            Say(chat, "Another admin is logging in just now.", cancellation);
            return;
        }

        var talk = new LoginTalk(user, chat, Now + GoodFor);
        lock (_gate)
            _talk = talk;
        // Over a restart too: what was meant for the login must not be taken for a post.
        values.Set(WindowKey, new LoginWindow(user, Now, talk.Until));
        Say(chat, $"Send the phone number of the account that reads the channels, with its country code. Your message is deleted at once. /cancel ends this; it expires in {GoodFor.TotalMinutes:0} minutes. "
            + "Whoever runs this bot's machine can read what that account reads; you can end the session at any time in Telegram under Devices.", cancellation);
    }

    /// <summary>Hands one step to Telegram, away from the chat: another command must not wait for it.</summary>
    private void Give(LoginTalk talk, string given, CancellationToken cancellation)
    {
        if (talk.IsBusy || given.Length == 0)
            return;
        talk.IsBusy = true;
        _ = StepAsync(talk, given, cancellation);
    }

    private async Task StepAsync(LoginTalk talk, string given, CancellationToken cancellation)
    {
        await Task.Yield();
        try
        {
            var answer = await (talk.Next switch
            {
                NextLoginStep.Phone => parts.Account.GivePhoneAsync(given, cancellation),
                NextLoginStep.Code => parts.Account.GiveCodeAsync(given, cancellation),
                _ => parts.Account.GivePasswordAsync(given, cancellation),
            });
            if (answer is GatewayAnswer<LoginStep>.Ok { Value: var step })
                Follow(talk, step, cancellation);
            else
                Finish(talk, $"{answer.Trouble} Nothing was changed; /login begins anew.", cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            log.LogInformation("A login in the chat ended with the bot");
        }
        catch (Exception exception)
        {
            // Its text is not told and not logged: it may hold what was given.
            log.LogError("A step of the login in the chat failed: {Kind}", exception.GetType().Name);
            Finish(talk, "The login failed because of a mistake in the program or of the storage. At the terminal, channels login may say more.", cancellation);
        }
        finally
        {
            talk.IsBusy = false;
        }
    }

    private void Follow(LoginTalk talk, LoginStep step, CancellationToken cancellation)
    {
        // It was cancelled, or expired, meanwhile. What is done stays done.
        var isOver = !ReferenceEquals(Running(), talk);
        switch (step)
        {
            case LoginStep.Done done:
                Finish(talk, $"Logged in as {done.Account.Name}. The session is stored encrypted, and the followed channels are listened to from now on. /follow @name follows one.", cancellation);
                break;
            case var _ when isOver:
                Say(talk.ChatId, "The login has expired. /login begins anew.", cancellation);
                break;
            case LoginStep.CodeSent sent:
                (talk.Next, talk.CodeLength) = (NextLoginStep.Code, sent.Length);
                Show(talk.ChatId, talk.Keypad($"Telegram sent a code ({sent.By})."), null, cancellation);
                break;
            case LoginStep.PasswordNeeded needed:
                talk.Next = NextLoginStep.Password;
                Say(talk.ChatId, $"This account has a password.{(needed.Hint is { } hint ? $" Its hint: {hint}." : "")} If you send it here, it passes Telegram's servers as a message before it is deleted. "
                    + "If you do not want that, /cancel, and log in at the terminal: channels login.", cancellation);
                break;
            case LoginStep.Refused refused:
                Refuse(talk, refused, cancellation);
                break;
        }
    }

    private void Refuse(LoginTalk talk, LoginStep.Refused refused, CancellationToken cancellation)
    {
        var reason = refused.Wait is { } wait ? FormattableString.Invariant($"{refused.Reason} Try again in {wait.TotalSeconds:0} s.") : refused.Reason;
        if (refused.Next == NextLoginStep.Nothing)
        {
            Finish(talk, reason, cancellation);
            return;
        }

        talk.Next = refused.Next;
        if (talk.Next == NextLoginStep.Code)
            Show(talk.ChatId, talk.Keypad(reason), null, cancellation);
        else
            Say(talk.ChatId, $"{reason} Send the {(talk.Next == NextLoginStep.Phone ? "phone number" : "password")} again.", cancellation);
    }

    /// <summary>What was meant for a login that expired, or ended with a crash of the bot, is deleted and read by nobody.</summary>
    private async Task<bool> IsLeftOverAsync(Message message, long user, CancellationToken cancellation)
    {
        if (Current(user) is not null)
        {
            // A code that is written all the same is of no use to Telegram any more, and still nobody's business.

            await DeleteAsync(message, cancellation);
            Say(message.Chat.Id, "Tap the code on the buttons; a written one is ended by Telegram. Your message was deleted. /cancel ends the login.", cancellation);
            return true;
        }

        if (values.Get<LoginWindow>(WindowKey) is not { } left || left.UserId != user)
            return false;
        // As long again: whoever was slow to type.
        if (Instant.From(message.Date) > left.Until + GoodFor)
        {
            values.Remove(WindowKey);
            return false;
        }

        await DeleteAsync(message, cancellation);
        Say(message.Chat.Id, "The login has expired, and your message was deleted in case it was meant for it. /login begins anew.", cancellation);
        return true;
    }

    private LoginTalk? Current(long user) => Running() is { } talk && talk.UserId == user ? talk : null;

    private LoginTalk? Running()
    {
        lock (_gate)
        {
            if (_talk is { } talk && Now > talk.Until)
                _talk = null;
            return _talk;
        }
    }

    private void End()
    {
        lock (_gate)
            _talk = null;
        values.Remove(WindowKey);
    }

    private void Finish(LoginTalk talk, string text, CancellationToken cancellation)
    {
        if (Running() is null || ReferenceEquals(Running(), talk))
            End();
        Say(talk.ChatId, text, cancellation);
    }

    private async Task<bool> DeleteAsync(Message message, CancellationToken cancellation)
    {
        if (await api.SendAsync(new DeleteMessage(message.Chat.Id, message.MessageId), cancellation) is TelegramResult<bool>.Ok)
            return true;
        log.LogWarning("A message of a login could not be deleted");
        return false;
    }

    private void Say(long chat, string text, CancellationToken cancellation) => Show(chat, ChatAnswer.Of(text), null, cancellation);

    private void Show(long chat, ChatAnswer answer, long? edited, CancellationToken cancellation) =>
        _ = ShowAsync(new OutgoingMessage { ChatId = chat, EditMessageId = edited, Text = TelegramMarkup.Write(answer), Priority = MessagePriority.Answer }, cancellation);

    private async Task ShowAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        try
        {
            if (await sender.SendAsync(message, cancellation) is not SendOutcome.Delivered)
                log.LogWarning("A message of the login was not delivered");
        }
        catch (OperationCanceledException)
        {
            log.LogInformation("A message of the login was not delivered because the bot is ending");
        }
    }

    /// <summary>When and by whom a login was begun; nothing of what was given.</summary>
    private sealed record LoginWindow(long UserId, Instant From, Instant Until);
}
