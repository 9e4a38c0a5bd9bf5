using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;

namespace TelegramTrader.Connectors.Telegram;

/// <summary>What goes over the wire: a request as JSON or as a form with a file, and an answer of limited length.</summary>
internal static class TelegramBody
{
    public static HttpContent Write<TResult>(TelegramRequest<TResult> request)
    {
        if (request is IUpload upload)
            return Form(request, upload);
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), TelegramJson.Options));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>The whole body, or null when it is longer than <paramref name="maximumBytes"/>.</summary>
    public static async Task<byte[]?> ReadAsync(HttpContent content, int maximumBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                if (body.Length + read > maximumBytes)
                    return null;
                body.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return body.ToArray();
    }

    private static MultipartFormDataContent Form<TResult>(TelegramRequest<TResult> request, IUpload upload)
    {
        var form = new MultipartFormDataContent();
        var fields = JsonSerializer.SerializeToNode(request, request.GetType(), TelegramJson.Options)!.AsObject();
        foreach (var (name, value) in fields)
            if (value is not null)
                form.Add(new StringContent(value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString(TelegramJson.Options)), name);
        var file = new ReadOnlyMemoryContent(upload.File.Content);
        file.Headers.ContentType = new MediaTypeHeaderValue(upload.File.MediaType);
        form.Add(file, upload.FileField, upload.File.Name);
        return form;
    }
}
