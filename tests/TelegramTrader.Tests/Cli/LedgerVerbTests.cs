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

    [Fact]
    public async Task Verify_AKnownRow_HoldsOrTellsThatTheLedgerIsAnother()
    {
        _folder.Fill();
        var hashes = Enumerable.Range(1, 6).Select(number => _folder.Column<string>($"SELECT Hash FROM Ledger WHERE Number = {number}")[0]).ToArray();
        Assert.Equal(0, (await RunAsync(_folder, "--known", "6:" + hashes[5], "--known", "2:" + hashes[1].ToUpperInvariant())).Code);
        var (code, output, _) = await RunAsync(_folder, "--known", "2:" + hashes[0]);
        Assert.Equal(1, code);
        Assert.Contains($"Row 2 (@alpha message", output, StringComparison.Ordinal);
        Assert.Contains($"was noted as {hashes[0]}", output, StringComparison.Ordinal);
        Assert.Contains("Row 7: its hash was noted, and the ledger has only 6 rows", (await RunAsync(_folder, "--known", "7:" + hashes[5])).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6")]
    [InlineData("6:abc")]
    [InlineData("0:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("x:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("6:zzzz000000000000000000000000000000000000000000000000000000000000")]
    public async Task Verify_AKnownRowThatIsNone_SaysSoAndEndsWith2(string known)
    {
        var (code, _, errors) = await RunAsync(_folder.Fill(), "--known", known);
        Assert.Equal(2, code);
        Assert.Contains($"--known '{known}' is not NUMBER:HASH", errors, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(LedgerFolder folder, params string[] more)
    {
        var settings = Path.Combine(folder.Path, "settings.json");
        await File.WriteAllTextAsync(settings, JsonSerializer.Serialize(new { Storage = new { Directory = folder.Path } }));
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(["ledger", "verify", "--settings", settings, .. more], TextReader.Null, output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
