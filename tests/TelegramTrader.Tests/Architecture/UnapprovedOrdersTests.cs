using Mono.Cecil;
using TelegramTrader.Core.Simulation;

namespace TelegramTrader.Tests.Architecture;

/// <summary>The simulated exchange has a door for others than the bot, so that tests can play a whole exchange. The bot itself never goes through it.</summary>
public sealed class UnapprovedOrdersTests
{
    [Fact]
    public void Receive_InTheProgram_IsCalledByPlaceAlone()
    {
        using var module = ModuleDefinition.ReadModule(typeof(SimulatedExchange).Assembly.Location);
        var callers = module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody && method.Body.Instructions
                .Any(instruction => instruction.Operand is MethodReference { Name: nameof(SimulatedExchange.Receive), DeclaringType.Name: nameof(SimulatedExchange) }))
            .Select(method => method.FullName);

        Assert.Contains(nameof(SimulatedExchange.Place), Assert.Single(callers), StringComparison.Ordinal);
    }
}
