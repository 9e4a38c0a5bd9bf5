using System.Globalization;
using Microsoft.Extensions.Logging;

namespace TelegramTrader.Connectors.Telegram;

/// <summary>
/// The Bot API over HTTP. Sends each request once, with its own time limit, and turns every outcome into a value.
/// The token is in the address of each request and leaves this class nowhere else: texts that come back are scrubbed here.
/// </summary>
public sealed class TelegramApi : ITelegramApi
{
    private readonly HttpClient _http;
    private readonly TelegramOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<TelegramApi> _logger;
    private readonly SecretScrubber _scrubber;
    private readonly string _address;

    /// <param name="http">From <see cref="TelegramHttp.CreateClient"/>; stays the caller's to dispose.</param>
    public TelegramApi(HttpClient http, TelegramOptions options, TimeProvider time, ILogger<TelegramApi> logger)
    {
        options.Check();
        _http = http;
        _options = options;
        _time = time;
        _logger = logger;
        _scrubber = new SecretScrubber(options);
        _address = $"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/bot{options.BotToken.Reveal()}/";
    }

    public async Task<TelegramResult<TResult>> SendAsync<TResult>(TelegramRequest<TResult> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = Clean(await ExchangeAsync(request, cancellationToken));
        _logger.LogDebug("{Method}: {Outcome}", request.Method, Describe(result));
        return result;
    }

    private async Task<TelegramResult<TResult>> ExchangeAsync<TResult>(TelegramRequest<TResult> request, CancellationToken cancellationToken)
    {
        var limit = request.ServerWait + _options.RequestTimeout;
        using var timeout = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, _address + request.Method) { Content = TelegramBody.Write(request) };
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var status = (int)response.StatusCode;
            return await TelegramBody.ReadAsync(response.Content, _options.MaximumAnswerBytes, either.Token) is { } body
                ? TelegramAnswer.Read<TResult>(request.Method, status, body)
                : new TelegramResult<TResult>.Unreachable($"the answer to {request.Method} is longer than {Invariant(_options.MaximumAnswerBytes)} bytes", status);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // A new one, because the inner exceptions of the network are not ours to vouch for.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return new TelegramResult<TResult>.Unreachable($"no answer to {request.Method} within {Invariant(limit.TotalSeconds)} s");
        }
        catch (HttpRequestException exception)
        {
            return new TelegramResult<TResult>.Unreachable(Reason(exception));
        }
        catch (IOException exception)
        {
            return new TelegramResult<TResult>.Unreachable(Reason(exception));
        }
    }

    private TelegramResult<TResult> Clean<TResult>(TelegramResult<TResult> result) => result switch
    {
        TelegramResult<TResult>.Refused refused =>
            new TelegramResult<TResult>.Refused(refused.Refusal with { Description = _scrubber.Clean(refused.Refusal.Description) }),
        TelegramResult<TResult>.Unreachable unreachable => unreachable with { Reason = _scrubber.Clean(unreachable.Reason) },
        _ => result,
    };

    private static string Describe<TResult>(TelegramResult<TResult> result) => result switch
    {
        TelegramResult<TResult>.Ok => "ok",
        TelegramResult<TResult>.TooManyRequests flood => $"too many requests, wait {Invariant(flood.RetryAfter.TotalSeconds)} s",
        TelegramResult<TResult>.Refused { Refusal: var refusal } => $"refused, {Invariant(refusal.ErrorCode)} {refusal.Description}",
        TelegramResult<TResult>.Unreachable { Reason: var reason } => $"unreachable, {reason}",
        _ => throw new InvalidOperationException($"An unknown kind of result, {result.GetType().Name}."),
    };

    /// <summary>The outer text of a network error often says only "see inner exception".</summary>
    private static string Reason(Exception exception) =>
        exception.InnerException is { } inner && !exception.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{exception.Message} ({inner.Message})"
            : exception.Message;

    private static string Invariant<TNumber>(TNumber number) where TNumber : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
