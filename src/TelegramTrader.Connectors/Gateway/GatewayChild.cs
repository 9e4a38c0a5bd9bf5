using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace TelegramTrader.Connectors.Gateway;

/// <summary>One process of the gateway. It ends with this program whatever happens, because it ends when its input is closed.</summary>
internal sealed class GatewayChild : IDisposable
{
    private const int LongestErrorLine = 8 * 1024;
    private const string OursPrefix = "TELEGRAMTRADER_";

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _errors;
    private volatile string? _lastWords;

    private GatewayChild(Process process, TimeProvider time, ILogger logger)
    {
        _process = process;
        _time = time;
        _logger = logger;
        Id = process.Id;
        _errors = ReadErrorsAsync();
    }

    public int Id { get; }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Throws <see cref="System.ComponentModel.Win32Exception"/> when the system cannot start it.</summary>
    public static GatewayChild Start(GatewayInstallation.Ready installation, TimeProvider time, ILogger logger)
    {
        var start = new ProcessStartInfo(installation.Node, [installation.Main])
        {
            WorkingDirectory = Path.GetDirectoryName(installation.Main),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        // The program's settings hold secrets, and so does the key that they are encrypted with; the gateway is told what it needs.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith(OursPrefix, StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The system started no process for the gateway.");
        return new GatewayChild(process, time, logger);
    }

    /// <summary>Closes its input, waits for its end, and kills it when it does not end in time.</summary>
    /// <returns>How it ended, in one sentence.</returns>
    public async Task<string> EndAsync(TimeSpan patience)
    {
        try
        {
            Input.Close();
        }
        catch (IOException exception)
        {
            _logger.LogInformation("The gateway's input was closed already: {Reason}", exception.Message);
        }
        var wasKilled = !await HasEndedAsync(patience);
        if (wasKilled)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        await _errors;
        var how = wasKilled ? "The gateway did not end by itself and was killed." : $"The gateway ended with exit code {_process.ExitCode.ToString(CultureInfo.InvariantCulture)}.";
        return _lastWords is { } words ? $"{how} It said: {words}" : how;
    }

    public void Dispose() => _process.Dispose();

    private async Task<bool> HasEndedAsync(TimeSpan patience)
    {
        var exit = _process.WaitForExitAsync();
        if (patience <= TimeSpan.Zero)
            return exit.IsCompleted;
        try
        {
            await exit.WaitAsync(patience, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task ReadErrorsAsync()
    {
        var reader = new BoundedLineReader(_process.StandardError.BaseStream, LongestErrorLine);
        var rareLog = new RareLog(100, _time);
        while (await reader.ReadAsync(CancellationToken.None) is { } line)
        {
            var text = line.IsTooLong ? FormattableString.Invariant($"(a line of {line.Length} bytes)") : Encoding.UTF8.GetString(line.Bytes.Span).Trim();
            if (text.Length == 0)
                continue;
            Remember(text);
            if (rareLog.TryEnter(out var keptBack))
                _logger.LogInformation("Gateway: {Text}{KeptBack}", text, keptBack == 0 ? "" : FormattableString.Invariant($" ({keptBack} lines before were not written)"));
        }
    }

    /// <summary>A crash is told in many lines, and the one with the error in it is what people need.</summary>
    private void Remember(string text)
    {
        var shortened = text.Length <= 300 ? text : string.Concat(text.AsSpan(0, 300), "…");
        if (_lastWords is null || shortened.Contains("Error", StringComparison.Ordinal) || !_lastWords.Contains("Error", StringComparison.Ordinal))
            _lastWords = shortened;
    }
}
