using Microsoft.Extensions.DependencyInjection;
using TelegramTrader.Chat;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.App;

public sealed class CommandsPageTests
{
    /// <summary>The table of the page is what the registry says; what stands above it is written by hand.</summary>
    [Fact]
    public async Task Page_OfCommands_IsWhatTheRegistrySays()
    {
        await using var bot = await RunningBot.StartAsync(RunningBot.Settings(null, RunningBot.ShortRecording));
        var page = File.ReadAllLines(ProjectFolder.Path("docs", "commands.md"));
        var byHand = page.TakeWhile(line => !line.StartsWith("| `", StringComparison.Ordinal));
        var rows = bot.Services.GetRequiredService<CommandRegistry>().All.OrderBy(command => command.Group).Select(Row);
        Approved.Matches("docs/commands.md", string.Join('\n', [.. byHand, .. rows]) + "\n");
    }

    private static string Row(IChatCommand command)
    {
        var arguments = command.Arguments.Replace("|", "\\|", StringComparison.Ordinal);
        var effect = command.Effect switch { CommandEffect.LowersRisk => "lowers risk", CommandEffect.RaisesRisk => "raises risk", _ => "" };
        return $"| `{$"/{command.Name} {arguments}".TrimEnd()}` | {command.Help} | {command.Role.ToString().ToLowerInvariant()} | {effect} |";
    }
}
