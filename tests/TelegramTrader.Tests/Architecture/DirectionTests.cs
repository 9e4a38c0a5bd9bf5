using System.Text.RegularExpressions;
using TelegramTrader.Connectors.Recordings;
using TelegramTrader.Core.Engine;
using TelegramTrader.Tests.Support;

namespace TelegramTrader.Tests.Architecture;

/// <summary>The directions of the house: app → Connectors → Core, and inside Core only ever towards the market.</summary>
public sealed partial class DirectionTests
{
    private static readonly string Core = typeof(TradingEngine).Assembly.Location;
    private static readonly string Connectors = typeof(RecordingFolder).Assembly.Location;

    // Each folder of Core, with the folders that it may know. A folder that is missing here fails the test.
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Market"] = [],
        ["Signals"] = ["Market"],
        ["Orders"] = ["Market"],
        ["Positions"] = ["Market", "Orders"],
        ["Risk"] = ["Market", "Signals", "Orders", "Positions"],
        ["Comparison"] = ["Market"],
        ["Engine"] = ["Market", "Signals", "Orders", "Positions", "Risk", "Comparison"],
        ["Simulation"] = ["Market", "Signals", "Orders", "Positions", "Risk", "Engine"],
        ["Indicators"] = [],
        ["Backtest"] = ["Market", "Indicators", "Orders", "Positions"],
        ["Judgement"] = ["Market", "Indicators", "Signals", "Orders", "Positions", "Risk", "Engine", "Simulation", "Backtest"],
    };

    [Fact]
    public void Core_KnowsNoOtherProjectAndNoPackage()
    {
        var references = typeof(TradingEngine).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToArray();
        Assert.All(references, name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void Connectors_DoNotKnowTheApp() =>
        Assert.DoesNotContain(typeof(RecordingFolder).Assembly.GetReferencedAssemblies(), name => name.Name == "TelegramTrader");

    [Fact]
    public void Core_EveryFolderKnowsOnlyWhatItMay()
    {
        var wrong = TypeReferences.Of(Core)
            .Select(pair => (pair.From, pair.To, FromFolder: CoreFolder(pair.From), ToFolder: CoreFolder(pair.To)))
            .Where(pair => pair.FromFolder is not null && pair.ToFolder is not null && pair.FromFolder != pair.ToFolder)
            .Where(pair => !MayKnow.TryGetValue(pair.FromFolder!, out var known) || !known.Contains(pair.ToFolder))
            .Select(pair => $"{pair.From} → {pair.To}")
            .Order()
            .ToArray();
        Assert.Empty(wrong);
    }

    [Fact]
    public void Core_HasOnlyTheFoldersOfTheHouse()
    {
        var folders = Directory.EnumerateDirectories(ProjectFolder.Path("src", "TelegramTrader.Core")).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")).Order();
        Assert.Equal(MayKnow.Keys.Order(), folders!);
    }

    [Fact]
    public void Core_TypesStandInTheNamespaceOfTheirFolder()
    {
        var root = ProjectFolder.Path("src", "TelegramTrader.Core");
        var wrong = ProjectFolder.Sources(Path.Combine("src", "TelegramTrader.Core"))
            .Where(file => !File.ReadAllText(file).Contains($"namespace TelegramTrader.Core.{Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.')};", StringComparison.Ordinal));
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("System.IO.File")]
    [InlineData("System.IO.Directory")]
    [InlineData("System.IO.FileStream")]
    [InlineData("System.Net.")]
    [InlineData("System.Console")]
    [InlineData("System.Threading.Thread")]
    [InlineData("System.Threading.Timer")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Diagnostics.Stopwatch")]
    [InlineData("System.Random")]
    public void Core_TouchesNothingOutside(string forbidden)
    {
        // Beside the analyzer, which stops the build, because it looks only at what it was told and this looks at all compiled code.
        var users = TypeReferences.Of(Core).Where(pair => forbidden.EndsWith('.') ? pair.To.StartsWith(forbidden, StringComparison.Ordinal) : pair.To == forbidden).Select(pair => pair.From);
        Assert.Empty(users);
    }

    [Theory]
    [InlineData("src/TelegramTrader.Core/Engine")]
    [InlineData("src/TelegramTrader.Core/Risk")]
    [InlineData("src/TelegramTrader.Connectors")]
    public void OnlyModes_TellsTheModesApart(string folder)
    {
        // Comments may explain; code may not ask. ("Live" is also what an order is, so the type's name stands for it.)
        var wrong = ProjectFolder.Sources(folder)
            .SelectMany(file => File.ReadLines(file).Select(line => (file, line)))
            .Where(entry => !entry.line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .Where(entry => ModeWord().IsMatch(entry.line))
            .Select(entry => $"{Path.GetFileName(entry.file)}: {entry.line.Trim()}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Connectors_PlaceNoOrdersOfTheirOwn()
    {
        // Whoever makes an order intent decides; only the engine may.
        var makers = TypeReferences.Of(Connectors).Where(pair => pair.To == "TelegramTrader.Core.Risk.ApprovedOrder").Select(pair => pair.From).Distinct();
        // Storage writes them down, and the exchanges behind the engine's port take them.
        Assert.All(makers, maker => Assert.True(
            maker.StartsWith("TelegramTrader.Connectors.Storage", StringComparison.Ordinal) || maker == typeof(TelegramTrader.Connectors.Exchanges.CcxtExchange).FullName, maker));
    }

    [Fact]
    public void ChatAndJobs_NeitherPlaceOrdersNorWriteTradingRows()
    {
        var app = typeof(TelegramTrader.Trading.TradingDesk).Assembly.Location;
        var forbidden = new[] { "TelegramTrader.Core.Risk.ApprovedOrder", "TelegramTrader.Core.Engine.IExchange", "TelegramTrader.Core.Orders.OrderIntent", "TelegramTrader.Core.Engine.IJournal" };
        var wrong = TypeReferences.Of(app)
            .Where(pair => pair.From.StartsWith("TelegramTrader.Chat", StringComparison.Ordinal) || pair.From.StartsWith("TelegramTrader.Jobs", StringComparison.Ordinal) || pair.From.StartsWith("TelegramTrader.Notifications", StringComparison.Ordinal))
            .Where(pair => forbidden.Contains(pair.To) && pair.From != "TelegramTrader.Chat.OrderText" && pair.From != "TelegramTrader.Chat.PositionText")
            .Select(pair => $"{pair.From} → {pair.To}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Sources_StayBelowTheHardLimitOfLines()
    {
        var long500 = new[] { "src", "tests" }.SelectMany(ProjectFolder.Sources)
            .Where(file => !file.Contains("Migrations", StringComparison.Ordinal))
            .Select(file => (File: Path.GetRelativePath(ProjectFolder.Root, file), Lines: File.ReadLines(file).Count()))
            .Where(entry => entry.Lines > 500);
        Assert.Empty(long500);
    }

    [GeneratedRegex(@"\b(RunMode|is_?paper|is_?backtest|paper|backtest)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ModeWord();

    private static string? CoreFolder(string fullName)
    {
        const string Prefix = "TelegramTrader.Core.";
        if (!fullName.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var rest = fullName[Prefix.Length..];
        var dot = rest.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : rest[..dot];
    }
}
