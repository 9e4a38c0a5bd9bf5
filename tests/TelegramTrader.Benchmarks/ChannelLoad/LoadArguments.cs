using System.Globalization;

namespace TelegramTrader.Benchmarks.ChannelLoad;

/// <param name="Rate">Posts, edits and deletions a second in each channel.</param>
internal sealed record LoadArguments(int Channels, int Rate, int Seconds, int Kills)
{
    private static readonly (string Name, int Least, int Most)[] Known = [("--channels", 1, 1_000), ("--rate", 1, 100), ("--seconds", 5, 3_600), ("--kills", 0, 1_000)];

    /// <summary>Null when they can't be used, after saying why.</summary>
    public static LoadArguments? Read(IReadOnlyList<string> given)
    {
        int[] values = [100, 10, 60, 0];
        for (var index = 0; index < given.Count; index += 2)
        {
            var asked = given[index];
            var place = Array.FindIndex(Known, known => known.Name == asked);
            if (place < 0)
            {
                Console.Error.WriteLine($"'{given[index]}' is not known: there are {string.Join(", ", Known.Select(known => known.Name))}.");
                return null;
            }

            var (name, least, most) = Known[place];
            if (index + 1 >= given.Count || !int.TryParse(given[index + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < least || value > most)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} needs a whole number from {least} to {most}, and was given '{(index + 1 < given.Count ? given[index + 1] : "nothing")}'."));
                return null;
            }

            values[place] = value;
        }

        return new LoadArguments(values[0], values[1], values[2], values[3]);
    }
}
