using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Tests.Connectors.Gateway;

/// <summary>A test that needs Node.js; skipped, with the reason, where there is none.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    /// <param name="packages">Whether it needs the gateway's npm packages as well.</param>
    public NodeFactAttribute(bool packages = false) => Skip = WhyNot(packages);

    internal static string? WhyNot(bool packages) => GatewayInstallation.Find(new GatewayOptions()) switch
    {
        GatewayInstallation.NoNode noNode => $"Node.js was not found. {noNode.WhatToDo}",
        GatewayInstallation.Incomplete incomplete when packages => $"{incomplete.Reason} {incomplete.WhatToDo}",
        _ => null,
    };
}

/// <summary>The same for a table of cases.</summary>
public sealed class NodeTheoryAttribute : TheoryAttribute
{
    public NodeTheoryAttribute() => Skip = NodeFactAttribute.WhyNot(packages: false);
}
