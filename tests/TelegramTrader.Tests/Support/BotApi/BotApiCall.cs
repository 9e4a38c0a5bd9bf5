using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>A request as it came.</summary>
/// <param name="Fields">All fields; a file is given by its name.</param>
/// <param name="At">When it came, by the server's clock.</param>
public sealed record BotApiCall(string Method, JsonElement Fields, ReadOnlyMemory<byte> File, DateTimeOffset At)
{
    public long? Number(string field) => Fields.TryGetProperty(field, out var value) ? value.GetInt64() : null;

    public string? Text(string field) => Fields.TryGetProperty(field, out var value) ? value.GetString() : null;

    public bool Flag(string field) => Fields.TryGetProperty(field, out var value) && value.GetBoolean();

    /// <summary>From a JSON body, a form with parts, or no body at all. Throws <see cref="BotApiError"/> when it is none of these.</summary>
    public static async Task<BotApiCall> ReadAsync(string method, HttpRequest request, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (request.HasFormContentType)
            return await ReadFormAsync(method, request, at, cancellationToken);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (body.Length == 0)
            return new BotApiCall(method, JsonSerializer.SerializeToElement(new JsonObject()), default, at);
        if (request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            throw BotApiError.BadRequest($"content type \"{request.ContentType}\" is not known");
        try
        {
            using var document = JsonDocument.Parse(body.ToArray());
            return new BotApiCall(method, document.RootElement.Clone(), default, at);
        }
        catch (JsonException)
        {
            throw BotApiError.BadRequest("can't parse JSON object");
        }
    }

    private static async Task<BotApiCall> ReadFormAsync(string method, HttpRequest request, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(cancellationToken);
        var shapes = BotApiSchema.Methods[method].Known;
        var fields = new JsonObject();
        foreach (var (name, values) in form)
            fields[name] = shapes.GetValueOrDefault(name) is null or BotApiShape.Words ? values.ToString() : Parsed(name, values.ToString());
        using var file = new MemoryStream();
        foreach (var part in form.Files)
        {
            if (part.Name != BotApiSchema.FileField(method))
                throw BotApiError.BadRequest($"unexpected file \"{part.Name}\"");
            fields[part.Name] = part.FileName;
            await part.CopyToAsync(file, cancellationToken);
        }
        return new BotApiCall(method, JsonSerializer.SerializeToElement(fields), file.ToArray(), at);
    }

    private static JsonNode? Parsed(string name, string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            throw BotApiError.BadRequest(string.Create(CultureInfo.InvariantCulture, $"can't parse field \"{name}\""));
        }
    }
}
