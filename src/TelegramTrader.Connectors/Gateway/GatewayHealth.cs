namespace TelegramTrader.Connectors.Gateway;

/// <summary>How the gateway is: one of a closed set.</summary>
public abstract record GatewayHealth
{
    private GatewayHealth()
    {
    }

    /// <summary>Not started yet, or ended on purpose.</summary>
    public sealed record Stopped : GatewayHealth;

    public sealed record Starting : GatewayHealth;

    /// <param name="Version">Of the gateway.</param>
    /// <param name="NodeVersion">For example <c>v20.11.0</c>.</param>
    public sealed record Running(int ProcessId, string Version, string NodeVersion) : GatewayHealth;

    /// <summary>It ended and will be started again after the wait.</summary>
    /// <param name="Failures">In a row, from 1.</param>
    public sealed record Restarting(string Reason, int Failures, TimeSpan Wait) : GatewayHealth;

    /// <summary>It ended again and again, or it is not installed. It is still tried, at the longest wait.</summary>
    public sealed record Failed(string Reason, string WhatToDo) : GatewayHealth;

    /// <summary>No Node.js was found. It is looked for again once a minute.</summary>
    public sealed record NoNode(string WhatToDo) : GatewayHealth;

    /// <summary>One sentence or two for people: how it is, and what they can do about it.</summary>
    public sealed override string ToString() => this switch
    {
        Stopped => "The gateway is stopped.",
        Starting => "The gateway is starting.",
        Running running => FormattableString.Invariant($"The gateway {running.Version} is running (process {running.ProcessId}, Node.js {running.NodeVersion})."),
        Restarting restarting => FormattableString.Invariant($"{restarting.Reason} It is started again in {restarting.Wait.TotalSeconds:0.#} s (failure {restarting.Failures} in a row)."),
        Failed failed => $"{failed.Reason} {failed.WhatToDo}",
        NoNode noNode => $"Node.js was not found. {noNode.WhatToDo}",
        _ => throw new InvalidOperationException($"{GetType().Name} is not in the set of gateway states."),
    };
}
