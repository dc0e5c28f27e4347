namespace Logistics.Planning.Exact.Rosters;

/// <summary>Improves a lawful roster by simulated annealing over the cells of its calendar, so that the solver starts near the optimum and only has to prove it.</summary>
/// <remarks>
/// Measured: the relaxation's bound is all but the optimum within seconds, while the solver by itself needs four times as long for a roster as good
/// (docs/benchmarks-exact.md). Deterministic. What forbids a duty is read from the model (<see cref="RosterRooms"/>). Missing couriers are
/// priced above everything that a single change can win, so they go first; cells that keep a lock are left alone.
/// </remarks>
internal sealed class RosterSearch
{
    /// <summary>Price of a missing courier-minute in objective units.</summary>
    private const long MissingMinute = 200;
    private const int MovesPerCell = 15_000, MostMoves = 8_000_000, Rounds = 3;

    /// <summary>From missing couriers down to a single point.</summary>
    private const double FirstHeat = 150 * RosterPreferences.Scale, LastHeat = 0.7 * RosterPreferences.Scale;

    private readonly RosterModel _model;
    private readonly RosterTally _tally;
    private readonly int _days, _couriers;
    private readonly int[][] _choices; // by cell: options of the model that this search may take
    private readonly int[] _taken; // by cell: option, or -1
    private readonly bool[] _isKept; // by cell: holds a lock that is kept
    private readonly List<int> _open = []; // cells that may change
    private readonly (int Cell, int Option)[] _changes = new (int, int)[4];
    private readonly int[] _before = new int[4];
    private int _count;

    private RosterSearch(RosterProblem problem, RosterModel model, IReadOnlyList<long> start)
    {
        _model = model;
        (_days, _couriers) = (problem.Days, problem.Couriers.Count);
        _tally = new RosterTally(problem, model, MissingMinute);
        _isKept = new bool[_days * _couriers];
        foreach (var (cell, kept) in problem.Locks.Zip(model.Kept))
            if (kept is { } literal && start[literal.Index] == 1) _isKept[(model.CourierOf(cell) * _days) + cell.Day] = true;
        _choices = new int[_days * _couriers][];
        _taken = new int[_days * _couriers];
        for (var cell = 0; cell < _choices.Length; cell++)
        {
            var options = model.OptionsOf(cell / _days, cell % _days);
            _choices[cell] = [.. options.Where(o => o.Vehicle is null).Select(o => o.Number)];
            _taken[cell] = options.Where(o => start[o.IsTaken.Index] == 1).Select(o => o.Number).FirstOrDefault(-1);
            if (_taken[cell] >= 0 && !_tally.TryAdd(_taken[cell])) throw new InvalidOperationException("The start breaks the model's own limits.");
            if (!_isKept[cell] && _choices[cell].Length > 0) _open.Add(cell);
        }
    }

    /// <summary>Values of the model's first variables for a roster at least as good as <paramref name="start"/>.</summary>
    public static long[] Improve(RosterProblem problem, RosterModel model, IReadOnlyList<long> start, CancellationToken cancellationToken)
    {
        var search = new RosterSearch(problem, model, start);
        if (search._open.Count > 0) search.Run(cancellationToken);
        return search.ToValues(problem, start);
    }

    private void Run(CancellationToken cancellationToken)
    {
        var random = new Random(1);
        var best = (int[])_taken.Clone();
        var bestCost = _tally.Cost;
        var moves = Math.Min(MostMoves, _open.Count * MovesPerCell) / Rounds;
        for (var round = 0; round < Rounds; round++)
        {
            // Later rounds start cooler, from the best so far.
            Return(best);
            var heat = FirstHeat / (1 << (2 * round));
            var cooling = Math.Pow(LastHeat / heat, 1.0 / moves);
            for (var move = 0; move < moves; move++, heat *= cooling)
            {
                if ((move & 0xFFF) == 0 && cancellationToken.IsCancellationRequested) break;
                Propose(random);
                if (_count == 0) continue;
                var cost = _tally.Cost;
                if (!TryApply()) continue;
                var worse = _tally.Cost - cost;
                if (worse > 0 && random.NextDouble() >= Math.Exp(-worse / heat)) Undo();
                else if (_tally.Cost < bestCost)
                {
                    bestCost = _tally.Cost;
                    _taken.CopyTo(best, 0);
                }
            }
        }

        Return(best);
    }

    private void Return(int[] roster)
    {
        for (var cell = 0; cell < _taken.Length; cell++)
            if (_taken[cell] >= 0 && _taken[cell] != roster[cell]) _tally.Remove(_taken[cell]);
        for (var cell = 0; cell < _taken.Length; cell++)
            if (roster[cell] >= 0 && _taken[cell] != roster[cell] && !_tally.TryAdd(roster[cell])) throw new InvalidOperationException("A roster that was lawful no longer is.");
        roster.CopyTo(_taken, 0);
    }

    /// <summary>A change of one cell, an exchange between two couriers on a day or two, or of two days of one courier.</summary>
    private void Propose(Random random)
    {
        _count = 0;
        var cell = _open[random.Next(_open.Count)];
        var (courier, day) = (cell / _days, cell % _days);
        switch (random.Next(4))
        {
            case 0:
                // One more choice than options: a day off.
                var choice = random.Next(_choices[cell].Length + 1);
                Change(cell, choice < _choices[cell].Length ? _choices[cell][choice] : -1);
                break;
            case 1:
                Exchange(cell, (random.Next(_couriers) * _days) + day, random);
                break;
            case 2:
                Exchange(cell, (courier * _days) + random.Next(_days), random);
                break;
            default:
                var (other, second) = (random.Next(_couriers), random.Next(_days));
                Exchange(cell, (other * _days) + day, random);
                if (_count > 0 && second != day) Exchange((courier * _days) + second, (other * _days) + second, random);
                break;
        }
    }

    private void Exchange(int a, int b, Random random)
    {
        if (a == b || _taken[a] == _taken[b] || _isKept[a] || _isKept[b]) return;
        if (!TryFind(b, _taken[a], random, out var forB) || !TryFind(a, _taken[b], random, out var forA)) return;
        Change(a, forA);
        Change(b, forB);
    }

    /// <summary>The option of <paramref name="cell"/> that works the same shift as <paramref name="like"/>, by any vehicle class.</summary>
    private bool TryFind(int cell, int like, Random random, out int option)
    {
        option = -1;
        if (like < 0) return true;
        var (shift, from, choices) = (_model.Options[like].Shift, 0, _choices[cell]);
        if (choices.Length > 0) from = random.Next(choices.Length);
        for (var i = 0; i < choices.Length; i++)
        {
            var candidate = choices[(from + i) % choices.Length];
            if (_model.Options[candidate].Shift != shift) continue;
            option = candidate;
            return true;
        }

        return false;
    }

    private void Change(int cell, int option)
    {
        if (_taken[cell] != option) _changes[_count++] = (cell, option);
    }

    private bool TryApply()
    {
        for (var i = 0; i < _count; i++)
        {
            var (cell, _) = _changes[i];
            _before[i] = _taken[cell];
            if (_before[i] >= 0) _tally.Remove(_before[i]);
            _taken[cell] = -1;
        }

        for (var i = 0; i < _count; i++)
        {
            var (cell, option) = _changes[i];
            if (option >= 0 && !_tally.TryAdd(option))
            {
                Undo();
                return false;
            }

            _taken[cell] = option;
        }

        return true;
    }

    private void Undo()
    {
        for (var i = 0; i < _count; i++)
            if (_taken[_changes[i].Cell] is >= 0 and var option) _tally.Remove(option);
        for (var i = 0; i < _count; i++)
        {
            // Removing never takes room, so what fitted before fits again.
            if (_before[i] >= 0) _tally.TryAdd(_before[i]);
            _taken[_changes[i].Cell] = _before[i];
        }
    }

    private long[] ToValues(RosterProblem problem, IReadOnlyList<long> start)
    {
        var values = start.ToArray();
        foreach (var option in _model.Options) values[option.IsTaken.Index] = _taken[(option.Courier * _days) + option.Day] == option.Number ? 1 : 0;
        for (var i = 0; i < problem.Demand.Count; i++)
            if (_model.Shortages[i] is { } shortage) values[shortage.Index] = _tally.Missing(i);
        return values;
    }
}
