using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Joins jobs nobody could tell apart, so that the search moves them as one.</summary>
/// <remarks>
/// <para>Joined are single-visit jobs with the same alternatives: places, windows, setup, skills, vehicles, release, goods class – and, where there is a choice, the same
/// preference costs. A group goes as a whole, so it is kept small: at most <c>maxMembers</c>, at most an eighth of the smallest vehicle that may carry it in any dimension, and
/// no member starts later than half a window after the first. Where a shared resource could run short (all who might use it exceed nine tenths of it), its jobs stay apart,
/// because there a part of a group may fit where the whole does not.</para>
/// <para>What is lost is only the splitting of such a group over two trips; costs and constraints are those of the members, to the unit.</para>
/// </remarks>
public sealed class JobGrouping
{
    /// <summary>Most jobs joined to one where nobody says otherwise.</summary>
    public const int UsualMembers = 10;

    private const double TightShare = 0.9;
    private const int VehicleShare = 8;

    private readonly Problem _exact;
    private readonly ConditionalWeakTable<object, string> _listKeys = [];
    private readonly Dictionary<object, long[]> _smallestCapacity = new(ReferenceEqualityComparer.Instance);
    private readonly long[] _smallestOfAll;

    private JobGrouping(Problem exact, int maxMembers, Func<int, string>? apart)
    {
        _exact = exact;
        _smallestOfAll = SmallestCapacity(Enumerable.Range(0, exact.Vehicles.Count));
        var isTight = FindTight(exact);
        var open = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var members = new List<List<int>>();
        for (var job = 0; job < exact.Jobs.Count; job++)
        {
            var item = exact.Jobs[job];
            if (maxMembers < 2 || !CanJoin(item, isTight))
            {
                members.Add([job]);
                continue;
            }

            var key = KeyOf(item) + apart?.Invoke(job);
            if (open.TryGetValue(key, out var group) && group.Count < maxMembers && Fits(group, job))
            {
                group.Add(job);
                continue;
            }

            open[key] = group = [job];
            members.Add(group);
        }

        Members = [.. members.Select(m => m.ToArray())];
        Problem = exact with { Jobs = [.. Members.Select(Join)] };
    }

    /// <summary>The problem with joined jobs.</summary>
    public Problem Problem { get; }

    /// <summary>Jobs of the exact problem in each joined job, in serving order.</summary>
    public IReadOnlyList<int[]> Members { get; }

    /// <param name="apart">Extra text by job; jobs with different texts are never joined. Null = none.</param>
    public static JobGrouping Group(Problem exact, int maxMembers, Func<int, string>? apart = null)
    {
        // Disturbance names jobs by index and counts them one by one: with it, jobs stay as they are.
        var isIndexed = exact.Disturbance is not null || exact.ServiceLevels.Count > 0 || exact.Vehicles.Any(v => v.Committed is not null);
        return new JobGrouping(exact, isIndexed ? 1 : maxMembers, apart);
    }

    /// <summary>The same plan with one visit for each exact job.</summary>
    public Plan Expand(Plan plan) => new()
    {
        Routes = [.. plan.Routes.Select(r => r with { Steps = GroupExpansion.Expand(_exact, Problem, Members, r) })],
        Unserved = [.. plan.Unserved.SelectMany(job => Members[job]).Order()],
        Cost = plan.Cost,
    };

    private static bool CanJoin(Job job, bool[][] isTight)
    {
        foreach (var alternative in job.Alternatives)
        {
            if (alternative.Visits is not [var visit] || visit.DueTime is not null || visit.IsWindowOnStopArrival) return false;
            foreach (var use in visit.Uses)
                if (isTight[use.Resource][use.SizeClass]) return false;
        }

        return true;
    }

    private bool Fits(List<int> group, int job)
    {
        var alternatives = _exact.Jobs[job].Alternatives;
        for (var a = 0; a < alternatives.Count; a++)
        {
            var limit = alternatives[a].AllowedVehicles is { } allowed ? SmallestOf(allowed) : _smallestOfAll;
            var visit = alternatives[a].Visits[0];
            for (var d = 0; d < _exact.Dimensions; d++)
            {
                var load = LoadOf(visit, d) + group.Sum(m => LoadOf(_exact.Jobs[m].Alternatives[a].Visits[0], d));
                if (load > limit[d] / VehicleShare) return false;
            }

            var lag = visit.SetupSeconds + group.Sum(m => _exact.Jobs[m].Alternatives[a].Visits[0].HandlingSeconds);
            foreach (var window in visit.Windows)
                if (lag > (window.Latest - window.Earliest) / 2) return false;
        }

        return true;
    }

    private Job Join(int[] members)
    {
        var first = _exact.Jobs[members[0]];
        if (members.Length == 1) return first;
        var jobs = Array.ConvertAll(members, m => _exact.Jobs[m]);
        return first with
        {
            UnservedCost = first.UnservedCost is null ? null : jobs.Sum(j => j.UnservedCost),
            Alternatives = [.. first.Alternatives.Select((alternative, a) =>
            {
                var visits = Array.ConvertAll(jobs, j => j.Alternatives[a].Visits[0]);
                // The last member starts after the setup and all others' handling; the window is shortened so that it, too, starts inside.
                var lag = visits[0].SetupSeconds + visits.SkipLast(1).Sum(v => v.HandlingSeconds);
                return alternative with
                {
                    PreferenceCost = jobs.Sum(j => j.Alternatives[a].PreferenceCost),
                    Visits =
                    [
                        visits[0] with
                        {
                            HandlingSeconds = visits.Sum(v => v.HandlingSeconds),
                            Windows = [.. visits[0].Windows.Select(w => w with { Latest = w.Latest - lag })],
                            Delivery = Sum(visits.Select(v => v.Delivery)),
                            Pickup = Sum(visits.Select(v => v.Pickup)),
                            Uses = [.. visits.SelectMany(v => v.Uses)],
                        },
                    ],
                };
            })],
        };
    }

    private string KeyOf(Job job)
    {
        var text = new StringBuilder(96);
        text.Append(job.UnservedCost is null ? '!' : ' ').Append(job.Group);
        foreach (var a in job.Alternatives)
        {
            var v = a.Visits[0];
            text.Append(CultureInfo.InvariantCulture, $"|{v.Place},{v.SetupSeconds},{v.Zone},{a.ReleaseTime},{a.GoodsClass},{a.Level},{(v.Delivery.Count > 0 ? 'd' : ' ')}{(v.Pickup.Count > 0 ? 'p' : ' ')}");
            if (job.Alternatives.Count > 1) text.Append(CultureInfo.InvariantCulture, $",{a.PreferenceCost}");
            foreach (var w in v.Windows) text.Append(CultureInfo.InvariantCulture, $";{w.Earliest}-{w.Latest}");
            text.Append('s').AppendJoin(',', a.Skills).Append('f').AppendJoin(',', a.ForbiddenVehicles).Append('a').Append(ListKey(a.AllowedVehicles));
        }

        return text.ToString();
    }

    // Thousands of jobs share one list of allowed vehicles: its text is made once.
    private string ListKey(IReadOnlyList<int>? list) => list is null ? "*" : _listKeys.GetValue(list, l => string.Join(',', (IReadOnlyList<int>)l));

    private long[] SmallestOf(IReadOnlyList<int> vehicles)
    {
        if (!_smallestCapacity.TryGetValue(vehicles, out var smallest)) _smallestCapacity[vehicles] = smallest = SmallestCapacity(vehicles);
        return smallest;
    }

    private long[] SmallestCapacity(IEnumerable<int> vehicles)
    {
        var smallest = new long[_exact.Dimensions];
        Array.Fill(smallest, long.MaxValue);
        foreach (var v in vehicles)
            for (var d = 0; d < _exact.Vehicles[v].Capacity.Count; d++) smallest[d] = Math.Min(smallest[d], _exact.Vehicles[v].Capacity[d]);
        return smallest;
    }

    private static long LoadOf(Visit visit, int d) => (visit.Delivery.Count > 0 ? visit.Delivery[d] : 0) + (visit.Pickup.Count > 0 ? visit.Pickup[d] : 0);

    private static IReadOnlyList<long> Sum(IEnumerable<IReadOnlyList<long>> loads)
    {
        long[]? sum = null;
        foreach (var load in loads)
        {
            if (load.Count == 0) continue;
            sum ??= new long[load.Count];
            for (var d = 0; d < sum.Length; d++) sum[d] += load[d];
        }

        return sum ?? [];
    }

    /// <summary>Classes of resources that all who might use them could nearly exhaust: a use counts against its own class and all smaller ones with everything larger.</summary>
    private static bool[][] FindTight(Problem problem)
    {
        var asked = problem.Resources.Select(r => new long[r.CapacityByClass.Count]).ToArray();
        foreach (var use in problem.Jobs.SelectMany(j => j.Alternatives).SelectMany(a => a.Visits).SelectMany(v => v.Uses)) asked[use.Resource][use.SizeClass] += use.Units;
        return [.. problem.Resources.Select((resource, r) =>
        {
            var isTight = new bool[resource.CapacityByClass.Count];
            long demand = 0, capacity = 0;
            for (var c = isTight.Length - 1; c >= 0; c--)
            {
                demand += asked[r][c];
                capacity += resource.CapacityByClass[c];
                isTight[c] = demand > capacity * TightShare;
            }

            // A use of class c also fills up every nested count that begins below it.
            for (var c = 1; c < isTight.Length; c++) isTight[c] |= isTight[c - 1];
            return isTight;
        })];
    }
}
