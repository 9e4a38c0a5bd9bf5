using System.Text.Json;
using TelegramTrader.Cli;
using TelegramTrader.Tests.Connectors.Storage.Ledger;

namespace TelegramTrader.Tests.Cli;

public sealed class LedgerVerbTests : IDisposable
{
    private readonly LedgerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Verify_AnHonestLedger_SaysSoInOneLineAndEndsWith0()
    {
        var (code, output, errors) = await RunAsync(_folder.Fill());
        Assert.Equal((0, ""), (code, errors));
        Assert.Matches("^The ledger is sound: 6 rows, head [0-9a-f]{64}\\.\n$", output);
    }

    [Fact]
    public async Task Verify_PostsFromBeforeTheLedger_AreNotHidden()
    {
        _folder.Receive();
        _folder.Tamper(
            "INSERT INTO Messages (Channel, MessageId, Revision, Change, PostedAt, ReceivedAt, Text, HasMedia) VALUES ('@old', 1, 1, 'Posted', 1, 1, '', 0); UPDATE LedgerHead SET PostsBefore = 1, LastMessageBefore = 1");
        var (code, output, _) = await RunAsync(_folder);
        Assert.Equal(0, code);
        Assert.EndsWith(" 1 posts were received before the ledger began and are not in it.\n", output);
    }

    [Fact]
    public async Task Verify_ATamperedLedger_NamesRowPostAndDifferenceAndEndsWith1()
    {
        _folder.Fill();
        _folder.Tamper("UPDATE Ledger SET Text = 'SHORT BTC' WHERE Number = 3");
        var (code, output, _) = await RunAsync(_folder);
        Assert.Equal(1, code);
        Assert.Equal(
            "The ledger was tampered with or is damaged. Row 3 (@alpha message 1 revision 2): the row was changed after it was written: Text is not what the stored message has, and not what was hashed.\n", output);
    }

    [Fact]
    public async Task Verify_NoDatabase_SaysWhichAndEndsWith1()
    {
        var (code, _, errors) = await RunAsync(_folder);
        Assert.Equal(1, code);
        Assert.Contains("trading.db", errors);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(LedgerFolder folder)
    {
        var settings = Path.Combine(folder.Path, "settings.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new { Storage = new { Directory = folder.Path } }));
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(["ledger", "verify", "--settings", settings], TextReader.Null, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
