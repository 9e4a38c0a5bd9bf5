namespace TelegramTrader.Cli;

/// <summary>Reads what must not be seen.</summary>
internal static class HiddenInput
{
    /// <summary>A line that is not shown while it is typed, where there is a terminal that shows anything; null at the end of the input.</summary>
    public static string? Read(TextReader input)
    {
        if (Console.IsInputRedirected)
            return input.ReadLine();
        var typed = new System.Text.StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        Console.WriteLine();
        return typed.ToString();
    }
}
