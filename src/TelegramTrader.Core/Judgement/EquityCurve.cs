using TelegramTrader.Core.Market;

namespace TelegramTrader.Core.Judgement;

/// <summary>
/// Equity over time in a bounded number of points: of each stretch the highest and the lowest are kept, so that no peak and no fall is lost to a picture. The drawdown is that of
/// every value that was ever added.
/// </summary>
public sealed class EquityCurve(decimal start)
{
    public const int MostPoints = 5_000;

    private readonly List<Stretch> _stretches = [];
    private decimal _peak = start;
    private EquityPoint? _first;
    private EquityPoint _last;
    private int _stretchLength = 1;

    /// <summary>As a fraction of the highest value before it; 0 where nothing fell.</summary>
    public decimal DeepestDrawdown { get; private set; }

    /// <summary>Times must not go back.</summary>
    public void Add(Instant time, decimal equity)
    {
        _peak = Math.Max(_peak, equity);
        if (_peak > 0m)
            DeepestDrawdown = Math.Max(DeepestDrawdown, (_peak - equity) / _peak);
        var point = new EquityPoint(time, equity);
        _first ??= point;
        // A level stretch needs its two ends.
        if (_last == _first && _stretches.Count == 0 || _last.Equity != equity)
        {
            if (_stretches.Count > 0 && _last.Time != _stretches[^1].Latest)
                Append(_last);
            Append(point);
        }

        _last = point;
    }

    /// <summary>By ascending time.</summary>
    public IReadOnlyList<EquityPoint> Points()
    {
        if (_first is not { } first)
            return [];
        var points = new List<EquityPoint>(_stretches.Count * 2 + 2) { first };
        foreach (var stretch in _stretches)
            points.AddRange(stretch.Highest.Time <= stretch.Lowest.Time ? [stretch.Highest, stretch.Lowest] : [stretch.Lowest, stretch.Highest]);
        points.Add(_last);
        return [.. points.Distinct()];
    }

    private void Append(EquityPoint point)
    {
        if (_stretches.Count > 0 && _stretches[^1].Count < _stretchLength)
        {
            _stretches[^1] = _stretches[^1].With(point);
            return;
        }

        _stretches.Add(new Stretch(point, point, point.Time, 1));
        if (_stretches.Count * 2 + 2 <= MostPoints)
            return;
        // Two become one, and from now on each holds twice as many.
        _stretchLength *= 2;
        for (var index = 0; index < _stretches.Count / 2; index++)
            _stretches[index] = _stretches[2 * index].Joined(_stretches[2 * index + 1]);
        var kept = _stretches.Count % 2 == 0 ? [] : new[] { _stretches[^1] };
        _stretches.RemoveRange(_stretches.Count / 2, _stretches.Count - _stretches.Count / 2);
        _stretches.AddRange(kept);
    }

    private readonly record struct Stretch(EquityPoint Highest, EquityPoint Lowest, Instant Latest, int Count)
    {
        public Stretch With(EquityPoint point) => new(point.Equity > Highest.Equity ? point : Highest, point.Equity < Lowest.Equity ? point : Lowest, point.Time, Count + 1);

        public Stretch Joined(Stretch next) => new(
            next.Highest.Equity > Highest.Equity ? next.Highest : Highest, next.Lowest.Equity < Lowest.Equity ? next.Lowest : Lowest, next.Latest, Count + next.Count);
    }
}
