namespace TelegramTrader.Chat;

/// <summary>The question before a dangerous command: what would happen, with amounts, and two buttons; the yes is good for a minute.</summary>
public static class Confirmation
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(60);

    /// <param name="command">The command line that a yes carries out.</param>
    public static AnswerBuilder Ask(AnswerBuilder question, ChatRequest request, string yes, string command) => question
        .Italic($"Good for {GoodFor.TotalSeconds:0} seconds.").EndRow()
        .Buttons(
            new ChatButton(yes, new ButtonData.Confirm(command, request.ReceivedAt + GoodFor).ToString()),
            new ChatButton("No", new ButtonData.Dismiss().ToString()));
}
