using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using TelegramTrader.Connectors.Storage.Json;
using TelegramTrader.Core.Market;
using TelegramTrader.Core.Orders;
using TelegramTrader.Core.Signals;

namespace TelegramTrader.Tests.Connectors.Storage.Support;

/// <summary>
/// Makes a value of any type of the domain, every property set to something of its own and none to its default, so that whatever storage forgets is missed.
/// Types that are added to the domain are made too, without a change here.
/// </summary>
internal sealed class Samples
{
    private int _next;

    public object Of(Type type) => Make(type, "", 0);

    private int Next() => ++_next;

    private object Make(Type type, string name, int depth)
    {
        if (depth > 12)
            throw new InvalidOperationException($"{type.Name} is nested too deep for a sample.");
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Simple(type, name) is { } simple)
            return simple;
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1)!;
        if (type.IsGenericType)
            return Collection(type, name, depth);
        var cases = ClosedSets.CasesOf(type);
        return cases.Count > 0 ? Make(cases[^1], name, depth + 1) : Composite(type, depth);
    }

    private object? Simple(Type type, string name)
    {
        // A scale of three with a zero at the end: rounding and trimming both show.
        decimal Number() => decimal.Parse($"{Next()}.120", CultureInfo.InvariantCulture);
        return type switch
        {
            _ when type == typeof(string) => name + " " + Next().ToString(CultureInfo.InvariantCulture) + " ключ \"🚀\" <&>\n",
            _ when type == typeof(bool) => true,
            _ when type == typeof(int) => Next(),
            _ when type == typeof(long) => 4_000_000_000L + Next(),
            _ when type == typeof(double) => Next() + 0.1,
            _ when type == typeof(decimal) => Number(),
            _ when type == typeof(DateOnly) => new DateOnly(2025, 5, 11).AddDays(Next()),
            _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(Next() * 10_000_001L),
            _ when type == typeof(Instant) => new Instant(1_746_000_000_000 + Next()),
            _ when type == typeof(Price) => new Price(Number()),
            _ when type == typeof(Quantity) => new Quantity(Number()),
            _ when type == typeof(Money) => new Money(-Number(), "USDT"),
            _ when type == typeof(Symbol) => new Symbol("B" + Next().ToString(CultureInfo.InvariantCulture), "USDT", "USDT"),
            _ when type == typeof(AccountId) => new AccountId("account-" + Next().ToString(CultureInfo.InvariantCulture)),
            _ when type == typeof(ChannelId) => new ChannelId("@канал" + Next().ToString(CultureInfo.InvariantCulture)),
            _ when type == typeof(ClientOrderId) => new ClientOrderId("tt-" + Next().ToString(CultureInfo.InvariantCulture)),
            _ when type == typeof(SignalId) => new SignalId("@alpha/" + Next().ToString(CultureInfo.InvariantCulture)),
            _ when type == typeof(Timeframe) => new Timeframe(Next()),
            _ when type == typeof(Candle) => new Candle(new Instant(Next()), new Timeframe(5), new Price(2.10m), new Price(3.00m), new Price(1.0m), new Price(2m), Number()),
            _ => null,
        };
    }

    private object Collection(Type type, string name, int depth)
    {
        var arguments = type.GetGenericArguments();
        if (type == typeof(ImmutableSortedDictionary<string, int>))
            return ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("e0", Next()).Add("S", Next()).Add("t1", Next());
        if (arguments.Length == 1 && typeof(IReadOnlyList<>).MakeGenericType(arguments).IsAssignableTo(type))
        {
            var list = Array.CreateInstance(arguments[0], 2);
            list.SetValue(Make(arguments[0], name, depth + 1), 0);
            list.SetValue(Make(arguments[0], name, depth + 1), 1);
            return list;
        }

        if (arguments.Length == 2 && type == typeof(IReadOnlyDictionary<,>).MakeGenericType(arguments) && arguments[0] == typeof(string))
        {
            var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
            dictionary.Add("first", Make(arguments[1], name, depth + 1));
            return dictionary;
        }

        throw new InvalidOperationException($"Nobody has said how a {type} is made.");
    }

    private object Composite(Type type, int depth)
    {
        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).FirstOrDefault()
            ?? throw new InvalidOperationException($"{type.Name} has no public constructor.");
        var made = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, parameter.Name!, depth + 1))]);
        var given = constructor.GetParameters().Select(parameter => parameter.Name!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            if (property.SetMethod is { IsPublic: true } && !given.Contains(property.Name))
                property.SetValue(made, Make(property.PropertyType, property.Name, depth + 1));
        return made;
    }
}
