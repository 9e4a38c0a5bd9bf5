using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace TelegramTrader.Benchmarks;

/// <summary>Measures in this process: a project generated beside it would not know the central package versions.</summary>
public sealed class InThisProcess : ManualConfig
{
    public InThisProcess()
    {
        AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(MemoryDiagnoser.Default);
    }
}
