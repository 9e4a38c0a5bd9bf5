using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TelegramTrader.Core.Market;

namespace TelegramTrader.Web.Webhook;

/// <summary>
/// Answers calls to <c>POST /hooks/NAME</c>. The secret comes in the header <c>X-Secret</c>, in the query (<c>?secret=</c>), or in the JSON body's field <c>secret</c>. Nothing of a call is logged but
/// the name of a known source, because the rest may be a secret.
/// </summary>
internal sealed class WebhookEndpoint(WebhookOptions options, WebhookQueue queue, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromMinutes(1);

    private readonly WebhookGate _gate = new(options.Sources);
    private readonly Lock _warning = new();
    private long? _warnedAt;

    public async Task AnswerAsync(HttpContext context)
    {
        var (status, text) = await StatusAsync(context);
        if (context.Response.HasStarted)
            return;
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status405MethodNotAllowed)
            context.Response.Headers.Allow = "POST";
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        // Whoever was refused may still be sending, and there is no use in listening.
        if (status >= 400)
            context.Response.Headers.Connection = "close";
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text + "\n");
    }

    private async Task<(int Status, string Text)> StatusAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path.Value?.Split('/') is not ["", "hooks", { Length: > 0 } name])
            return (StatusCodes.Status404NotFound, "There is nothing here.");
        if (!HttpMethods.IsPost(request.Method))
            return (StatusCodes.Status405MethodNotAllowed, "Only POST is answered.");
        // A secret that is there is looked at before the body is.
        var secret = request.Headers.TryGetValue("X-Secret", out var header) ? header.ToString() : request.Query.TryGetValue("secret", out var query) ? query.ToString() : null;
        var source = secret is null ? null : _gate.Find(name, secret);
        if (secret is not null && source is null)
            return Unknown();
        var (bytes, refusal) = await BodyAsync(request, context.RequestAborted);
        if (bytes is null)
            return refusal;
        var body = WebhookBody.Read(bytes);
        source ??= body.Secret is { } inBody ? _gate.Find(name, inBody) : null;
        return source is null ? Unknown() : await TakeAsync(source, body, context.RequestAborted);
    }

    private async Task<(int Status, string Text)> TakeAsync(WebhookSource source, WebhookBody body, CancellationToken cancellation)
    {
        var now = Instant.From(time.GetUtcNow());
        if (body.Problem is { } problem)
            return Refused(source, body.IsMalformed ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity, problem);
        if (body.Time is { } sent && now - sent > options.Oldest)
            return Refused(source, StatusCodes.Status422UnprocessableEntity, $"it is older than {options.Oldest}");
        if (body.Time is { } ahead && ahead - now > options.FarthestAhead)
            return Refused(source, StatusCodes.Status422UnprocessableEntity, $"its time is more than {options.FarthestAhead} ahead of this clock");
        if (queue.TryAdd(source, body, now) is not { } stored)
        {
            log.LogError("{Channel}: a post was sent away, because {Count} wait to be stored already", source.Channel, options.MostWaiting);
            return (StatusCodes.Status503ServiceUnavailable, "Too many posts are waiting; send it again.");
        }

        try
        {
            await stored.WaitAsync(options.AnswerWithin, time, cancellation);
        }
        catch (TimeoutException)
        {
            log.LogDebug("{Channel}: storing takes long; the sender does not wait for it", source.Channel);
        }
        catch (Exception exception) when (stored.IsFaulted)
        {
            log.LogDebug(exception, "{Channel}: the sender is told that its post was not stored", source.Channel);
            return (StatusCodes.Status500InternalServerError, "It could not be stored; send it again.");
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("{Channel}: the sender has gone; its post is stored all the same", source.Channel);
        }

        return (StatusCodes.Status202Accepted, "Accepted.");
    }

    private async Task<(byte[]? Bytes, (int Status, string Text) Refusal)> BodyAsync(HttpRequest request, CancellationToken aborted)
    {
        var tooLarge = (StatusCodes.Status413PayloadTooLarge, $"A body has at most {options.LargestBody} bytes.");
        if (request.ContentLength > options.LargestBody)
            return (null, tooLarge);
        using var late = new CancellationTokenSource(options.BodyWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        var buffer = new byte[options.LargestBody + 1];
        var length = 0;
        try
        {
            while (await request.Body.ReadAsync(buffer.AsMemory(length), either.Token) is var read and > 0)
                if ((length += read) > options.LargestBody)
                    return (null, tooLarge);
            return (buffer[..length], default);
        }
        catch (OperationCanceledException)
        {
            return (null, (StatusCodes.Status408RequestTimeout, "The body took too long."));
        }
        catch (BadHttpRequestException exception)
        {
            return (null, (exception.StatusCode, "The request is not valid."));
        }
        catch (IOException)
        {
            // The sender has hung up; nobody reads this.
            return (null, (StatusCodes.Status400BadRequest, "The body did not arrive."));
        }
    }

    private (int Status, string Text) Refused(WebhookSource source, int status, string problem)
    {
        log.LogWarning("{Channel}: a post was refused: {Problem}", source.Channel, problem);
        return (status, $"Refused: {problem}.");
    }

    /// <summary>The same for an unknown source and a wrong secret; logged once a minute at most, so that nobody can fill the log.</summary>
    private (int Status, string Text) Unknown()
    {
        lock (_warning)
        {
            if (_warnedAt is null || time.GetElapsedTime(_warnedAt.Value) >= BetweenWarnings)
            {
                _warnedAt = time.GetTimestamp();
                log.LogWarning("A webhook was called with a wrong source or secret. Further ones within {Time} are not logged", BetweenWarnings);
            }
        }

        return (StatusCodes.Status401Unauthorized, "Wrong source or secret.");
    }
}
