using System.Diagnostics;
using System.Globalization;
using System.Text;
using TelegramTrader.Connectors.Channels.TelegramExport;
using TelegramTrader.Connectors.Storage;
using TelegramTrader.Connectors.Storage.Ledger;
using TelegramTrader.Connectors.Storage.Messages;

namespace TelegramTrader.Benchmarks;

/// <summary>How fast an export of a channel is read alone, and read, stored, hashed and written to the file of raw posts; how much memory that takes; how long the ledger's check takes then.</summary>
internal static class ImportOfAnExport
{
    public static int Run(int messages)
    {
        var folder = Directory.CreateTempSubdirectory("telegramtrader-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "result.json");
            Write(file, messages);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{messages} messages, {new FileInfo(file).Length / 1e6:0} MB"));
            Measure("read alone", messages, () =>
            {
                using var stream = File.OpenRead(file);
                return new ExportReader(stream, TimeZoneInfo.Utc).Read().LongCount();
            });
            Measure("imported", messages, () =>
            {
                using var data = DataFolder.Open(folder);
                using var inbox = new MessageInbox(data);
                using var stream = File.OpenRead(file);
                var import = new ExportImport(inbox, TimeProvider.System);
                import.Run(new ExportReader(stream, TimeZoneInfo.Utc), _ => { }, CancellationToken.None);
                return import.Result.Added;
            });
            Measure("ledger verified", messages, () => new LedgerVerifier(Path.Combine(folder, "trading.db")).Verify() is LedgerCheck.Sound sound ? sound.Count : -1);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(string what, int messages, Func<long> work)
    {
        GC.Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var highest = 0L;
        using var looking = new Timer(_ => highest = Math.Max(highest, GC.GetTotalMemory(false)), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        var from = Stopwatch.GetTimestamp();
        var count = work();
        var seconds = Stopwatch.GetElapsedTime(from).TotalSeconds;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {count} in {seconds:0.0} s, {messages / seconds:0} messages/s; managed memory at most {(highest - before) / 1e6:0.0} MB more, process {process.WorkingSet64 / 1e6:0} MB (peak {process.PeakWorkingSet64 / 1e6:0} MB)"));
    }

    private static void Write(string file, int messages)
    {
        using var writer = new StreamWriter(file, append: false, new UTF8Encoding(false), 1 << 16);
        writer.Write("{\n \"name\": \"Signals\",\n \"type\": \"public_channel\",\n \"id\": 1234567890,\n \"messages\": [\n");
        for (var number = 1; number <= messages; number++)
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $$"""  { "id": {{number}}, "type": "message", "date": "2023-11-14T22:13:20", "date_unixtime": "{{1_700_000_000L + number}}", "from": "Signals", "from_id": "channel1234567890", "text": [ "LONG ", { "type": "hashtag", "text": "#COIN" }, "/USDT 🚀\nentry {{number}}, SL {{number - 1}}, TP {{number + 1}}" ], "text_entities": [ { "type": "plain", "text": "LONG " }, { "type": "hashtag", "text": "#COIN" } ] }{{(number < messages ? ",\n" : "\n ]\n}\n")}}"""));
    }
}
