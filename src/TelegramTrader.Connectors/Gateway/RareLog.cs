namespace TelegramTrader.Connectors.Gateway;

/// <summary>Lets a number of entries a minute through and counts the rest, so that a flood does not fill the disk.</summary>
internal sealed class RareLog(int entriesAMinute, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _minuteStart = time.GetTimestamp();
    private int _written;
    private int _kept;

    /// <summary>Whether the entry may be written, and how many were kept back since the last that was.</summary>
    public bool TryEnter(out int keptBack)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_minuteStart) >= TimeSpan.FromMinutes(1))
            {
                _minuteStart = time.GetTimestamp();
                _written = 0;
            }
            keptBack = _kept;
            if (_written >= entriesAMinute)
            {
                _kept = _kept == int.MaxValue ? _kept : _kept + 1;
                return false;
            }
            _written++;
            _kept = 0;
            return true;
        }
    }
}
