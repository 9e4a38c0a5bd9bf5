using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace TelegramTrader.Tests.Connectors.Storage.Support;

/// <summary>
/// Writes out everything that can be read of a value, computed properties included, one line a fact, so that two values can be compared to the last digit:
/// records that hold lists are not equal by themselves.
/// </summary>
internal static class Facts
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, "", value, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string path, object? value, int depth)
    {
        if (depth > 20)
            throw new InvalidOperationException($"{path} is nested too deep.");
        switch (value)
        {
            case null:
                Line(text, path, "nothing");
                break;
            case string or bool or Enum:
                Line(text, path, value.ToString()!);
                break;
            case IFormattable formattable and (int or long or decimal or double or TimeSpan):
                Line(text, path, formattable.ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary dictionary:
                foreach (var key in dictionary.Keys.Cast<object>().OrderBy(key => key.ToString(), StringComparer.Ordinal))
                    Append(text, $"{path}[{key}]", dictionary[key], depth + 1);
                break;
            case IEnumerable list:
                var index = 0;
                foreach (var item in list)
                    Append(text, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), item, depth + 1);
                Line(text, path + ".Count", index.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                Line(text, path, value.GetType().Name);
                foreach (var property in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(property => property.Name, StringComparer.Ordinal))
                    if (property.GetIndexParameters().Length == 0)
                        Append(text, $"{path}.{property.Name}", Value(property, value), depth + 1);
                break;
        }
    }

    // A computed property of a sample may have nothing to compute from, such as a share of nothing.
    private static object? Value(PropertyInfo property, object owner)
    {
        try
        {
            return property.GetValue(owner);
        }
        catch (TargetInvocationException exception)
        {
            return "throws " + exception.InnerException!.GetType().Name;
        }
    }

    private static void Line(StringBuilder text, string path, string value) => text.Append(path).Append(" = ").Append(value).Append('\n');
}
