using System.Diagnostics;

namespace TelegramTrader.Tests.Support;

/// <summary>The program as a process of its own, as a user starts it.</summary>
internal sealed class BotProcess : IDisposable
{
    private readonly Process _process;

    private BotProcess(Process process) => _process = process;

    public StreamReader Output => _process.StandardOutput;

    public StreamReader Errors => _process.StandardError;

    public StreamWriter Input => _process.StandardInput;

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <param name="folder">Its working folder.</param>
    /// <param name="environment">On top of this process' own.</param>
    /// <param name="launcher">A program with its arguments that starts it in turn; empty for none.</param>
    public static BotProcess Start(string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments, IReadOnlyList<string>? launcher = null)
    {
        string[] line = [.. launcher ?? [], "dotnet", Path.Combine(AppContext.BaseDirectory, "TelegramTrader.dll"), .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new BotProcess(Process.Start(start) ?? throw new InvalidOperationException("The program could not be started."));
    }

    /// <summary>SIGKILL: no handler runs, nothing is tidied up.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Everything it says until it ends, and how it ended.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync(TimeSpan patience, bool closeInput = true)
    {
        if (closeInput)
            _process.StandardInput.Close();
        using var patienceOver = new CancellationTokenSource(patience);
        try
        {
            var output = _process.StandardOutput.ReadToEndAsync(patienceOver.Token);
            var errors = _process.StandardError.ReadToEndAsync(patienceOver.Token);
            await _process.WaitForExitAsync(patienceOver.Token);
            return (_process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The program did not end within {patience}.");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
