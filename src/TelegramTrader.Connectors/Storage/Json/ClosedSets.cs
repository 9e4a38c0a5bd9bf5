using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace TelegramTrader.Connectors.Storage.Json;

/// <summary>
/// The closed sets of the domain: an abstract record whose cases are its own nested sealed records. Found by looking at the types, so that the domain
/// needs no attribute and a new case needs no line here.
/// </summary>
public static class ClosedSets
{
    /// <summary>What stands before the name of the case.</summary>
    public const string Discriminator = "$kind";

    /// <summary>The cases of a type; empty when it is not a closed set.</summary>
    public static IReadOnlyList<Type> CasesOf(Type type) => type is { IsAbstract: true, IsClass: true, IsSealed: false }
        ? [.. type.GetNestedTypes(BindingFlags.Public).Where(nested => nested.IsSealed && nested.BaseType == type)]
        : [];

    internal static void NameCases(JsonTypeInfo info)
    {
        var cases = CasesOf(info.Type);
        if (info.Kind != JsonTypeInfoKind.Object || cases.Count == 0)
            return;
        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = Discriminator };
        foreach (var type in cases)
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type, type.Name));
    }
}
