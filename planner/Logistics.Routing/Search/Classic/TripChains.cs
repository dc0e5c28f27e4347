namespace Logistics.Routing.Search.Classic;

/// <summary>Which trips a vehicle makes one after another, and when the last of each trip's goods is ready. Owned by one thread, undone with its routes.</summary>
/// <remarks>Where vehicles reload, a route of the classic search is one trip; a vehicle has as many places for trips as it may make.</remarks>
internal sealed class TripChains
{
    private enum Field { Before, After, IsOn, Release, First, Last, Count }

    private const int LogPerRoute = 8;
    private const int MostRuined = 100;
    private readonly ClassicProblem _problem;
    private readonly int[][] _fields;

    // For a trip about to begin: the trip it comes before, or −1 for last.
    private readonly int[] _plannedBefore;
    private readonly List<(Field Field, int Index, int Old)> _log;

    public TripChains(ClassicProblem problem)
    {
        _problem = problem;
        int routes = problem.RouteCount, vehicles = problem.Source.Vehicles.Length;
        _plannedBefore = new int[routes];
        // More than the changes of an iteration.
        _log = new(LogPerRoute * (routes + MostRuined));
        _fields = [new int[routes], new int[routes], new int[routes], new int[routes], new int[vehicles], new int[vehicles], new int[vehicles]];
        Clear();
    }

    /// <summary>Most trips of all vehicles together; beyond them none is begun.</summary>
    public int MaxTrips { get; set; } = int.MaxValue;

    /// <summary>The trip before or after one of the same vehicle, or −1.</summary>
    public int Before(int route) => _fields[(int)Field.Before][route];

    public int After(int route) => _fields[(int)Field.After][route];

    public bool IsOn(int route) => _fields[(int)Field.IsOn][route] != 0;

    /// <summary>Second the last of a trip's goods is ready.</summary>
    public int ReleaseOf(int route) => _fields[(int)Field.Release][route];

    /// <summary>First trip of a vehicle, or −1.</summary>
    public int FirstOf(int vehicle) => _fields[(int)Field.First][vehicle];

    /// <summary>Last trip of a vehicle, or −1.</summary>
    public int LastOf(int vehicle) => _fields[(int)Field.Last][vehicle];

    public int CountOf(int vehicle) => _fields[(int)Field.Count][vehicle];

    public void Clear()
    {
        foreach (int[] values in _fields) Array.Fill(values, 0);
        foreach (var field in (ReadOnlySpan<Field>)[Field.Before, Field.After, Field.First, Field.Last]) Array.Fill(_fields[(int)field], -1);
        Array.Fill(_plannedBefore, -1);
        Begin();
    }

    public void Begin() => _log.Clear();

    public void Rollback()
    {
        for (int i = _log.Count - 1; i >= 0; i--)
        {
            var (field, index, old) = _log[i];
            _fields[(int)field][index] = old;
        }

        Begin();
    }

    public void SetRelease(int route, int release) => Set(Field.Release, route, release);

    /// <summary>A place for one more trip of a vehicle, or −1.</summary>
    public int FindFree(int vehicle)
    {
        if (CountOf(vehicle) > _problem.Source.Vehicles[vehicle].MaxReloads) return -1;
        if (!IsOn(vehicle)) return vehicle;
        int route = _problem.FirstExtraOf(vehicle);
        while (IsOn(route)) route++;
        return route;
    }

    /// <summary>A place for one more trip of a vehicle, or −1; once it is used the trip comes before another, or last (−1).</summary>
    public int Plan(int vehicle, int after)
    {
        int route = FindFree(vehicle);
        if (route >= 0) _plannedBefore[route] = after;
        return route;
    }

    /// <summary>Adds a trip where it is planned.</summary>
    public void Insert(int route)
    {
        int vehicle = _problem.VehicleOf[route], after = _plannedBefore[route];
        _plannedBefore[route] = -1;
        int before = after >= 0 ? Before(after) : LastOf(vehicle);
        Set(Field.Before, route, before);
        Set(Field.After, route, after);
        if (before >= 0) Set(Field.After, before, route);
        else Set(Field.First, vehicle, route);
        if (after >= 0) Set(Field.Before, after, route);
        else Set(Field.Last, vehicle, route);
        Set(Field.IsOn, route, 1);
        Set(Field.Count, vehicle, CountOf(vehicle) + 1);
    }

    public void Remove(int route)
    {
        int vehicle = _problem.VehicleOf[route], before = Before(route), after = After(route);
        if (before >= 0) Set(Field.After, before, after);
        else Set(Field.First, vehicle, after);
        if (after >= 0) Set(Field.Before, after, before);
        else Set(Field.Last, vehicle, before);
        Set(Field.Before, route, -1);
        Set(Field.After, route, -1);
        Set(Field.IsOn, route, 0);
        Set(Field.Release, route, 0);
        Set(Field.Count, vehicle, CountOf(vehicle) - 1);
    }

    private void Set(Field field, int index, int value)
    {
        ref int cell = ref _fields[(int)field][index];
        if (cell == value) return;
        _log.Add((field, index, cell));
        cell = value;
    }
}
