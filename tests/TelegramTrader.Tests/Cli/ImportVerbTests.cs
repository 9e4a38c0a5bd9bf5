using System.Text.Json;
using TelegramTrader.Cli;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Tests.Connectors.Channels.TelegramExport;
using TelegramTrader.Tests.Connectors.Storage.Support;

namespace TelegramTrader.Tests.Cli;

public sealed class ImportVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_AnExport_SaysWhatBecameOfItAndEndsWith0()
    {
        await File.WriteAllTextAsync(_folder.FileAt("result.json"), GeneratedExport.Whole(20));
        // The folder will do as well as the file.
        var (code, output, errors) = await RunAsync(_folder.Path);
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(
            "18 posts imported, 0 known already, 2 service messages passed over from 1 chat. They are history and are never traded. "
            + "2 had been edited before the export: what they said at first is not known, and they are stored as edits.\n", output);
    }

    [Fact]
    public async Task Run_ABrokenFile_NamesTheLineAndEndsWith1()
    {
        var lines = GeneratedExport.Whole(20).Split('\n');
        // Five lines of heading, then a line a message: the ninth message is in line 14.
        lines[13] = lines[13].Replace("\"id\": 9", "\"id\": nine");
        await File.WriteAllTextAsync(_folder.FileAt("result.json"), string.Join('\n', lines));
        var (code, output, errors) = await RunAsync(_folder.FileAt("result.json"));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("result.json, line 14 (byte ", errors);
        Assert.Contains("this is not JSON", errors);
        Assert.Contains("8 posts imported", errors);
    }

    [Fact]
    public async Task Run_NoFile_SaysSoAndEndsWith2()
    {
        var (code, _, errors) = await RunAsync(_folder.FileAt("nowhere.json"));
        Assert.Equal(2, code);
        Assert.Contains("does not exist", errors);
    }

    [Fact]
    public async Task Run_WhileABotIsRunning_IsRefused()
    {
        await File.WriteAllTextAsync(_folder.FileAt("result.json"), GeneratedExport.Whole(20));
        using var running = DataFolder.Open(_folder.FileAt("data"));
        var (code, _, errors) = await RunAsync(_folder.FileAt("result.json"));
        Assert.Equal(1, code);
        Assert.Contains("is in use by another running TelegramTrader", errors);
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string file)
    {
        await File.WriteAllTextAsync(_folder.FileAt("settings.json"), JsonSerializer.Serialize(new { Storage = new { Directory = _folder.FileAt("data") } }));
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(["import-telegram", file, "--settings", _folder.FileAt("settings.json")], TextReader.Null, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
