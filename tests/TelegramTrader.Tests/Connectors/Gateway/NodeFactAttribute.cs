using TelegramTrader.Connectors.Gateway;

namespace TelegramTrader.Tests.Connectors.Gateway;

/// <summary>A test that needs Node.js; skipped, with the reason, where there is none.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    /// <param name="packages">Whether it needs the gateway's npm packages as well.</param>
    public NodeFactAttribute(bool packages = false)
    {
        var installation = GatewayInstallation.Find(new GatewayOptions());
        Skip = installation switch
        {
            GatewayInstallation.NoNode noNode => $"Node.js was not found. {noNode.WhatToDo}",
            GatewayInstallation.Incomplete incomplete when packages => $"{incomplete.Reason} {incomplete.WhatToDo}",
            _ => null,
        };
    }
}
