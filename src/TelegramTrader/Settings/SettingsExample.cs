using System.Text;

namespace TelegramTrader.Settings;

/// <summary>Writes the example settings file, with every setting and its meaning, from the catalogue.</summary>
public static class SettingsExample
{
    public static string Write()
    {
        var text = new StringBuilder();
        text.Append("// Every setting with its default. Copy this file to appsettings.json and keep what you change.\n");
        text.Append("// The environment wins over the file: TELEGRAMTRADER__Section__Key, for example TELEGRAMTRADER__Telegram__BotToken.\n{\n");
        var groups = SettingsCatalogue.All.GroupBy(definition => definition.Key.Contains(':') ? definition.Key.Split(':')[0] : "").ToArray();
        for (var index = 0; index < groups.Length; index++)
            Section(text, groups[index], index == groups.Length - 1);
        return text.Append("}\n").ToString();
    }

    private static void Section(StringBuilder text, IGrouping<string, SettingDefinition> group, bool isLast)
    {
        if (group.Key.Length == 0)
        {
            foreach (var definition in group)
                Entry(text, "  ", definition.Key, definition, isLast: false);
            return;
        }

        text.Append("  \"").Append(group.Key).Append("\": {\n");
        var single = group.Where(definition => !definition.Key.Contains('#')).ToArray();
        var lists = group.Where(definition => definition.Key.Contains('#')).GroupBy(definition => definition.Key.Split(':')[1]).ToArray();
        for (var index = 0; index < single.Length; index++)
            Entry(text, "    ", single[index].Key.Split(':')[1], single[index], index == single.Length - 1 && lists.Length == 0);
        for (var index = 0; index < lists.Length; index++)
            List(text, lists[index], index == lists.Length - 1);
        text.Append(isLast ? "  }\n" : "  },\n");
    }

    // A list is empty by default; its one example entry is shown as a comment.
    private static void List(StringBuilder text, IGrouping<string, SettingDefinition> list, bool isLast)
    {
        foreach (var definition in list)
            text.Append("    // ").Append(definition.Key.Split(':')[^1]).Append(": ").Append(definition.Meaning).Append('\n');
        text.Append("    // [ { ").AppendJoin(", ", list.Select(definition => $"\"{definition.Key.Split(':')[^1]}\": {definition.Default}")).Append(" } ]\n");
        text.Append("    \"").Append(list.Key).Append("\": []").Append(isLast ? "\n" : ",\n");
    }

    private static void Entry(StringBuilder text, string indent, string name, SettingDefinition definition, bool isLast)
    {
        text.Append(indent).Append("// ").Append(definition.Meaning).Append('\n');
        text.Append(indent).Append('"').Append(name).Append("\": ").Append(definition.Default).Append(isLast ? "\n" : ",\n");
    }
}
