using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Which alternative serves each job and on which vehicle, with everything that is counted over all jobs: resources, service levels, disturbance.</summary>
internal sealed class Assignment
{
    private readonly CompiledProblem _problem;
    private readonly JobTable _jobs;
    private readonly int[] _absent;
    private readonly int[] _absentSlot;
    private readonly LevelCounts _levels;
    private readonly long _disturbanceCost;
    private readonly int _maxDisturbed;
    private int _disturbed;
    private int _disturbedAbsent;

    public Assignment(CompiledProblem problem)
    {
        _problem = problem;
        _jobs = problem.Jobs;
        AlternativeOf = new int[_jobs.Count];
        VehicleOf = new int[_jobs.Count];
        _absent = new int[_jobs.Count];
        _absentSlot = new int[_jobs.Count];
        _levels = new LevelCounts(problem);
        Used = (int[])problem.Resources.UsedBefore.Clone();
        _disturbanceCost = problem.Source.Disturbance?.CostPerJob ?? 0;
        _maxDisturbed = problem.Source.Disturbance?.MaxJobs ?? int.MaxValue;
        for (int j = 0; j < _jobs.Count; j++)
        {
            AlternativeOf[j] = VehicleOf[j] = -1;
            _absentSlot[j] = -1;
            if (!_jobs.IsDone[j]) AddAbsent(j);
        }
    }

    /// <summary>Alternative that serves each job (global index), −1 when it is left out.</summary>
    public int[] AlternativeOf { get; }
    public int[] VehicleOf { get; }

    /// <summary>Jobs left out, in no particular order.</summary>
    public ReadOnlySpan<int> Absent => _absent.AsSpan(0, AbsentCount);
    public int AbsentCount { get; private set; }

    /// <summary>Jobs left out that must be served.</summary>
    public int AbsentMandatory { get; private set; }

    /// <summary>Preferences, disturbance and prices of jobs left out.</summary>
    public long Cost { get; private set; }

    /// <summary>Units of timeless resources by nested cell.</summary>
    public int[] Used { get; }

    /// <summary>What leaving a job out costs.</summary>
    public long PriceOfAbsence(int job) =>
        (_jobs.UnservedCost[job] < 0 ? _problem.MandatoryCost : _jobs.UnservedCost[job]) + (_jobs.PreviousAlternative[job] >= 0 ? _disturbanceCost : 0);

    /// <summary>What serving a job this way costs beside its route.</summary>
    public long PriceOf(int alternative, int vehicle) =>
        _disturbanceCost != 0 && IsDisturbed(alternative, vehicle) ? _jobs.Preference[alternative] + _disturbanceCost : _jobs.Preference[alternative];

    /// <summary>True when service levels, disturbance and timeless resources admit the alternative.</summary>
    public bool Admits(int alternative)
    {
        if (!_levels.Admits(alternative)) return false;
        return !_problem.Resources.HasTimeless || _problem.Resources.FitsAll(Used, _problem.Resources.TimelessOf(alternative));
    }

    /// <summary>True when serving it this way keeps within the number of jobs that may be disturbed.</summary>
    public bool AdmitsDisturbance(int alternative, int vehicle) => _disturbed < _maxDisturbed || !IsDisturbed(alternative, vehicle);

    public bool LimitsDisturbance => _maxDisturbed != int.MaxValue;

    public void Serve(int alternative, int vehicle)
    {
        int job = _jobs.JobOf[alternative];
        RemoveAbsent(job);
        AlternativeOf[job] = alternative;
        VehicleOf[job] = vehicle;
        Cost += PriceOf(alternative, vehicle);
        if (IsDisturbed(alternative, vehicle)) _disturbed++;
        foreach (ref readonly var use in _problem.Resources.TimelessOf(alternative)) ResourceTable.Count(Used, use, 1);
        _levels.Serve(alternative, 1);
    }

    public void Drop(int job, int vehicle)
    {
        int alternative = AlternativeOf[job];
        Cost -= PriceOf(alternative, vehicle);
        if (IsDisturbed(alternative, vehicle)) _disturbed--;
        foreach (ref readonly var use in _problem.Resources.TimelessOf(alternative)) ResourceTable.Count(Used, use, -1);
        _levels.Serve(alternative, -1);
        AlternativeOf[job] = VehicleOf[job] = -1;
        AddAbsent(job);
    }

    /// <summary>True while no timeless resource is overdrawn.</summary>
    public bool FitsResources()
    {
        for (int c = 0; c < Used.Length; c++)
            if (Used[c] > _problem.Resources.Capacity[c]) return false;
        return true;
    }

    /// <summary>Price of service levels and disturbance limits that the jobs together miss; 0 when all hold.</summary>
    public long FindPenalty()
    {
        long excess = Math.Max(0, (long)_disturbed + _disturbedAbsent - _maxDisturbed);
        return (excess + _levels.FindExcess()) * _problem.MandatoryCost;
    }

    private bool IsDisturbed(int alternative, int vehicle)
    {
        int job = _jobs.JobOf[alternative], previous = _jobs.PreviousAlternative[job];
        return previous >= 0 && (previous != _jobs.IndexInJob[alternative] || _jobs.PreviousVehicle[job] != vehicle);
    }

    private void AddAbsent(int job)
    {
        _absentSlot[job] = AbsentCount;
        _absent[AbsentCount++] = job;
        Cost += PriceOfAbsence(job);
        if (_jobs.UnservedCost[job] < 0) AbsentMandatory++;
        if (_jobs.PreviousAlternative[job] >= 0) _disturbedAbsent++;
    }

    private void RemoveAbsent(int job)
    {
        int slot = _absentSlot[job], last = _absent[--AbsentCount];
        _absent[slot] = last;
        _absentSlot[last] = slot;
        _absentSlot[job] = -1;
        Cost -= PriceOfAbsence(job);
        if (_jobs.UnservedCost[job] < 0) AbsentMandatory--;
        if (_jobs.PreviousAlternative[job] >= 0) _disturbedAbsent--;
    }
}
