using System.Text;
using System.Text.Json;
using TelegramTrader.Cli;
using TelegramTrader.Tests.Support.Exchanges.Binance;

namespace TelegramTrader.Tests.Cli;

/// <summary>The command line, settings of its own, and Binance on loopback.</summary>
internal sealed class ExchangeVerbStage : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telegramtrader-verb-").FullName;

    private ExchangeVerbStage(BinanceServer binance)
    {
        Binance = binance;
        SettingsFile = Path.Combine(_folder, "settings.json");
        Write([]);
    }

    public BinanceServer Binance { get; }

    public string SettingsFile { get; }

    public string DataFolder => Path.Combine(_folder, "data");

    public static async Task<ExchangeVerbStage> StartAsync() => new(await BinanceServer.StartAsync(TimeProvider.System));

    /// <param name="more">Further settings, by key.</param>
    public void Write(Dictionary<string, object> more)
    {
        var settings = new Dictionary<string, object>(more)
        {
            ["Storage"] = new { Directory = DataFolder },
            ["Channels"] = new { KeyFile = Path.Combine(_folder, "secret.key") },
            ["Exchange"] = new { Name = "binance", BaseUrl = Binance.BaseUrl.ToString() },
        };
        File.WriteAllText(SettingsFile, JsonSerializer.Serialize(settings));
    }

    public async Task<(int Code, string Output, string Errors)> RunAsync(string input, params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync([.. arguments, "--settings", SettingsFile], new StringReader(input), output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>Whether a text stands anywhere in the data folder, in any file, as it is.</summary>
    public bool DataHolds(string text) =>
        Directory.EnumerateFiles(DataFolder, "*", SearchOption.AllDirectories).Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public async ValueTask DisposeAsync()
    {
        await Binance.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
