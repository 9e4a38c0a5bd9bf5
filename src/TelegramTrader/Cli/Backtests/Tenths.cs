namespace TelegramTrader.Cli.Backtests;

/// <summary>Says each tenth once.</summary>
internal sealed class Tenths(TextWriter errors) : IProgress<double>
{
    private int _told;

    public void Report(double value)
    {
        for (; _told < 10 && value * 10 >= _told + 1; _told++)
            errors.WriteLine($"{(_told + 1) * 10} %");
    }
}
