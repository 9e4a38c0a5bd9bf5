using System.Text.Json;

namespace TelegramTrader.Tests.Support.BotApi;

/// <summary>What a field of a request must look like. Stricter than Telegram, which overlooks unknown fields: here they are our mistakes.</summary>
public abstract record BotApiShape
{
    private BotApiShape()
    {
    }

    /// <summary>What is wrong with the value, or null.</summary>
    public abstract string? Problem(JsonElement value, string path);

    public sealed record Whole(long Lowest = long.MinValue, long Highest = long.MaxValue) : BotApiShape
    {
        public override string? Problem(JsonElement value, string path) =>
            value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= Lowest && number <= Highest
                ? null
                : $"field \"{path}\" must be a whole number from {Lowest} to {Highest}";
    }

    public sealed record Words(int Shortest = 0, int Longest = int.MaxValue, params string[] Allowed) : BotApiShape
    {
        public override string? Problem(JsonElement value, string path)
        {
            if (value.ValueKind != JsonValueKind.String)
                return $"field \"{path}\" must be a string";
            var text = value.GetString()!;
            if (text.Length < Shortest || text.Length > Longest)
                return $"field \"{path}\" must have {Shortest} to {Longest} characters";
            return Allowed.Length > 0 && !Allowed.Contains(text) ? $"field \"{path}\" can't be \"{text}\"" : null;
        }
    }

    public sealed record Flag : BotApiShape
    {
        public override string? Problem(JsonElement value, string path) =>
            value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"field \"{path}\" must be a boolean";
    }

    public sealed record ListOf(BotApiShape Item) : BotApiShape
    {
        public override string? Problem(JsonElement value, string path) =>
            value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().Select((item, index) => Item.Problem(item, $"{path}[{index}]")).FirstOrDefault(problem => problem is not null)
                : $"field \"{path}\" must be an array";
    }

    /// <param name="Required">The names of those that can't be left out.</param>
    public sealed record Fields(IReadOnlyDictionary<string, BotApiShape> Known, params string[] Required) : BotApiShape
    {
        public override string? Problem(JsonElement value, string path)
        {
            if (value.ValueKind != JsonValueKind.Object)
                return $"field \"{path}\" must be an object";
            var prefix = path.Length == 0 ? "" : path + ".";
            foreach (var property in value.EnumerateObject())
            {
                if (!Known.TryGetValue(property.Name, out var shape))
                    return $"unknown field \"{prefix}{property.Name}\"";
                if (shape.Problem(property.Value, prefix + property.Name) is { } problem)
                    return problem;
            }
            var missing = Array.Find(Required, name => !value.TryGetProperty(name, out _));
            return missing is null ? null : $"field \"{prefix}{missing}\" is missing";
        }
    }
}
