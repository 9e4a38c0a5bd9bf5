using TelegramTrader.Connectors.Gateway;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Connectors.Gateway;

public sealed class GatewayInstallationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_NothingOnThePath_IsNoNode() => Assert.IsType<GatewayInstallation.NoNode>(GatewayInstallation.Find(new GatewayOptions(), _folder.Path, _folder.Path));

    [Fact]
    public void Find_GivenNodeIsNotThere_NamesIt() =>
        Assert.Contains("/no/such/node", Assert.IsType<GatewayInstallation.NoNode>(GatewayInstallation.Find(new GatewayOptions { NodePath = "/no/such/node" }, _folder.Path, "")).WhatToDo, StringComparison.Ordinal);

    [Fact]
    public void Find_BesideTheProgram_IsPreferred()
    {
        var node = Write(OperatingSystem.IsWindows() ? "node.exe" : "node");
        var main = Write("gateway/main.js");
        Assert.Equal(new GatewayInstallation.Ready(node, main), GatewayInstallation.Find(new GatewayOptions(), _folder.Path, _folder.Path));
    }

    [Fact]
    public void Find_PackagesMissing_SaysHowToInstallThem()
    {
        Write(OperatingSystem.IsWindows() ? "node.exe" : "node");
        Write("gateway/main.js");
        Write("gateway/package-lock.json");
        Assert.Contains("npm ci", Assert.IsType<GatewayInstallation.Incomplete>(GatewayInstallation.Find(new GatewayOptions(), _folder.Path, _folder.Path)).WhatToDo, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoGatewayAnywhere_IsIncomplete()
    {
        Write(OperatingSystem.IsWindows() ? "node.exe" : "node");
        Assert.IsType<GatewayInstallation.Incomplete>(GatewayInstallation.Find(new GatewayOptions(), _folder.Path, _folder.Path));
        Assert.IsType<GatewayInstallation.Incomplete>(GatewayInstallation.Find(new GatewayOptions { Folder = _folder.Path }, _folder.Path, _folder.Path));
    }

    private string Write(string name)
    {
        var path = Path.Combine(_folder.Path, name.Replace('/', Path.DirectorySeparatorChar));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
