using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace TelegramTrader.Tests.Support.Exchanges.Http;

/// <summary>One request, as it came.</summary>
/// <param name="Path">Without the query.</param>
/// <param name="Query">As it was sent, without the question mark.</param>
public sealed record ExchangeCall(string Method, string Path, string Query, string Body, IReadOnlyDictionary<string, string> Headers)
{
    private const int LargestBody = 1024 * 1024;

    /// <summary>What was asked, for example <c>POST /fapi/v1/order</c>.</summary>
    public string Endpoint => $"{Method} {Path}";

    /// <summary>Of the query and a form in the body, in the order in which they were sent; a JSON body has none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; } = [.. Form(Query), .. Body.StartsWith('{') || Body.StartsWith('[') ? [] : Form(Body)];

    /// <summary>A parameter's value; null when it was not sent.</summary>
    public string? this[string name] => Parameters.FirstOrDefault(parameter => parameter.Key == name).Value;

    internal static async Task<ExchangeCall> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new StringBuilder();
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var buffer = new char[8192];
        for (int read; (read = await reader.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            body.Append(buffer, 0, read);
            if (body.Length > LargestBody)
                throw new BadHttpRequestException("The body is larger than 1 MiB.", 413);
        }

        return new ExchangeCall(request.Method, request.Path.Value ?? "/", request.QueryString.Value?.TrimStart('?') ?? "", body.ToString(),
            request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<KeyValuePair<string, string>> Form(string text)
    {
        foreach (var pair in new QueryStringEnumerable(text))
            yield return new KeyValuePair<string, string>(pair.DecodeName().ToString(), pair.DecodeValue().ToString());
    }
}

/// <summary>An answer before it is written.</summary>
public sealed record ExchangeAnswer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public static ExchangeAnswer Ok(string body) => new(200, body, new Dictionary<string, string>());
}
