using Mono.Cecil;
using Mono.Cecil.Cil;

namespace TelegramTrader.Tests.Architecture;

/// <summary>Which types each type of an assembly refers to, read from the compiled code: signatures, fields, attributes and every instruction.</summary>
internal static class TypeReferences
{
    /// <summary>Pairs of (full name of the outermost type that refers, full name of the outermost type referred to).</summary>
    public static HashSet<(string From, string To)> Of(string assemblyPath)
    {
        using var module = ModuleDefinition.ReadModule(assemblyPath);
        var pairs = new HashSet<(string, string)>();
        foreach (var type in module.GetTypes())
        {
            var from = Outermost(type).FullName;
            foreach (var reference in References(type).SelectMany(Parts))
                pairs.Add((from, Outermost(reference).FullName));
        }

        return pairs;
    }

    private static IEnumerable<TypeReference?> References(TypeDefinition type)
    {
        yield return type.BaseType;
        foreach (var implemented in type.Interfaces)
            yield return implemented.InterfaceType;
        foreach (var field in type.Fields)
            yield return field.FieldType;
        foreach (var attribute in type.CustomAttributes)
            yield return attribute.AttributeType;
        foreach (var method in type.Methods)
        {
            yield return method.ReturnType;
            foreach (var parameter in method.Parameters)
                yield return parameter.ParameterType;
            if (!method.HasBody)
                continue;
            foreach (var variable in method.Body.Variables)
                yield return variable.VariableType;
            foreach (var reference in method.Body.Instructions.SelectMany(FromOperand))
                yield return reference;
        }
    }

    private static IEnumerable<TypeReference?> FromOperand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType), .. method is GenericInstanceMethod generic ? generic.GenericArguments : []],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    /// <summary>A generic or array type and everything inside it.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type)
    {
        if (type is null or GenericParameter)
            yield break;
        if (type is GenericInstanceType generic)
            foreach (var part in generic.GenericArguments.SelectMany(Parts))
                yield return part;
        if (type is TypeSpecification specification)
            foreach (var part in Parts(specification.ElementType))
                yield return part;
        else
            yield return type;
    }

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type;
    }
}
