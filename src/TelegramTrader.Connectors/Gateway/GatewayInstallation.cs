namespace TelegramTrader.Connectors.Gateway;

/// <summary>Where Node.js and the gateway are: one of a closed set.</summary>
public abstract record GatewayInstallation
{
    /// <summary>The lowest that the gateway runs with.</summary>
    public const int LowestNodeVersion = 20;

    private static readonly string GetNode =
        FormattableString.Invariant($"Install Node.js {LowestNodeVersion} or later (nodejs.org), or set the path of its executable in the settings. Until then no channels are listened to, no exchange is reached and no pictures are drawn.");

    private GatewayInstallation()
    {
    }

    /// <param name="Main">The gateway's main.js.</param>
    public sealed record Ready(string Node, string Main) : GatewayInstallation;

    public sealed record NoNode(string WhatToDo) : GatewayInstallation;

    /// <summary>Node.js is there, the gateway or its packages are not.</summary>
    public sealed record Incomplete(string Reason, string WhatToDo) : GatewayInstallation;

    public static GatewayInstallation Find(GatewayOptions options) => Find(options, AppContext.BaseDirectory, Environment.GetEnvironmentVariable("PATH") ?? "");

    internal static GatewayInstallation Find(GatewayOptions options, string programFolder, string searchPath)
    {
        if (options.NodePath is { } given && !File.Exists(given))
            return new NoNode($"The settings name '{given}', where no file is. {GetNode}");
        if ((options.NodePath ?? OnPath(searchPath)) is not { } node)
            return new NoNode(GetNode);
        var folder = options.Folder ?? BesideProgram(programFolder) ?? InSources(programFolder);
        if (folder is null)
            return new Incomplete("The gateway's files are missing.", $"They belong into '{Path.Combine(programFolder, "gateway")}'. Build or publish the program again.");
        var main = Path.Combine([folder, .. options.Main.Split('/')]);
        if (!File.Exists(main))
            return new Incomplete($"There is no gateway in '{folder}'.", "Correct the folder in the settings.");
        // A gateway that uses packages and has none would only die at each start.
        if (File.Exists(Path.Combine(folder, "package-lock.json")) && !Directory.Exists(Path.Combine(folder, "node_modules")))
            return new Incomplete("The gateway's packages are not installed.", $"Run 'npm ci --ignore-scripts' in '{folder}', or build the program again with Node.js installed.");
        return new Ready(node, main);
    }

    private static string? OnPath(string searchPath)
    {
        var name = OperatingSystem.IsWindows() ? "node.exe" : "node";
        return searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    private static string? BesideProgram(string programFolder)
    {
        var folder = Path.Combine(programFolder, "gateway");
        return File.Exists(Path.Combine(folder, "main.js")) ? folder : null;
    }

    /// <summary>A build runs out of its bin folder; the gateway is then used where it is, in the sources.</summary>
    private static string? InSources(string programFolder)
    {
        for (var folder = new DirectoryInfo(programFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TelegramTrader.sln")))
                return Path.Combine(folder.FullName, "src", "gateway");
        }
        return null;
    }
}
