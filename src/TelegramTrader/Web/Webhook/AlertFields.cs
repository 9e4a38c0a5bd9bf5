using System.Globalization;
using System.Text.Json;

namespace TelegramTrader.Web.Webhook;

/// <summary>The fields of a JSON object by name, whatever the case and the dashes: <c>stop_loss</c>, <c>stopLoss</c> and <c>StopLoss</c> are one. Null counts as missing.</summary>
internal sealed class AlertFields
{
    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.OrdinalIgnoreCase);

    public AlertFields(JsonElement root)
    {
        foreach (var property in root.EnumerateObject())
            if (property.Value.ValueKind != JsonValueKind.Null)
                _fields[property.Name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)] = property.Value;
    }

    /// <summary>The first of these that is there.</summary>
    public JsonElement? Find(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (_fields.TryGetValue(name, out var value))
                return value;
        return null;
    }

    /// <summary>A text; null where there is none, or something else.</summary>
    public string? Text(params ReadOnlySpan<string> names) => Find(names) is { ValueKind: JsonValueKind.String } value ? value.GetString()!.Trim() : null;

    /// <summary>A text, or a number as it is written.</summary>
    public string? Scalar(params ReadOnlySpan<string> names) => Find(names) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : Text(names) is { Length: > 0 } text ? text : null;

    /// <summary>A number above 0, written as one or as text. False when there is something else under the name.</summary>
    public bool TryNumber(out decimal? number, params ReadOnlySpan<string> names)
    {
        number = null;
        if (Find(names) is not { } value || value.ValueKind == JsonValueKind.String && value.GetString()!.Trim().Length == 0)
            return true;
        number = NumberOf(value);
        return number is not null;
    }

    public static decimal? NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDecimal(out var number) && number > 0m => number,
        JsonValueKind.String when decimal.TryParse(value.GetString()!.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && number > 0m => number,
        _ => null,
    };
}
