using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>Jobs and their alternatives, numbered through: alternatives of job j are [First[j], First[j + 1]).</summary>
/// <remarks>An alternative whose first visit is history keeps its second visit only; a job that is history altogether has no alternatives left.</remarks>
internal sealed class JobTable
{
    public JobTable(Problem problem)
    {
        Count = problem.Jobs.Count;
        First = new int[Count + 1];
        for (int j = 0; j < Count; j++) First[j + 1] = First[j] + problem.Jobs[j].Alternatives.Count;
        int total = First[Count];
        JobOf = new int[total];
        IndexInJob = new int[total];
        FirstNode = new int[total];
        SecondNode = new int[total];
        Preference = new long[total];
        Release = new int[total];
        MaxRide = new int[total];
        BoundVehicle = new int[total];
        IsPossible = new bool[total];
        IsLoaded = new bool[total];
        LoadedRank = new int[total];
        IsDone = new bool[Count];
        DoneAlternative = new int[Count];
        PickedUpAt = new int[Count];
        UnservedCost = new long[Count];
        PreviousVehicle = new int[Count];
        PreviousAlternative = new int[Count];
        for (int j = 0; j < Count; j++) Read(problem, j);
        foreach (var (vehicle, index) in problem.Vehicles.Select((v, i) => (v, i)))
            if (vehicle.Committed is { } committed) ReadHistory(committed, index, problem);
    }

    public int Count { get; }
    public int[] First { get; }
    public int[] JobOf { get; }
    public int[] IndexInJob { get; }
    public int[] FirstNode { get; }

    /// <summary>Second visit of a pair, or −1.</summary>
    public int[] SecondNode { get; }
    public long[] Preference { get; }
    public int[] Release { get; }
    public int[] MaxRide { get; }

    /// <summary>Only vehicle that may do it, because the goods are on board there; −1 = any.</summary>
    public int[] BoundVehicle { get; }

    /// <summary>False for alternatives that history has ruled out.</summary>
    public bool[] IsPossible { get; }

    /// <summary>The goods are on board: it stays in the first trip.</summary>
    public bool[] IsLoaded { get; }

    /// <summary>Position in the vehicle's loading order.</summary>
    public int[] LoadedRank { get; }

    /// <summary>Job is history.</summary>
    public bool[] IsDone { get; }

    /// <summary>Alternative history has begun with (index in the job), −1 when it is open.</summary>
    public int[] DoneAlternative { get; }

    /// <summary>Departure from the executed first visit of a pair, seconds.</summary>
    public int[] PickedUpAt { get; }

    /// <summary>Price of leaving a job out, −1 when it must be served.</summary>
    public long[] UnservedCost { get; }
    public int[] PreviousVehicle { get; }

    /// <summary>Index in the job, −1 when the job is new.</summary>
    public int[] PreviousAlternative { get; }
    public bool HasReleases { get; private set; }
    public bool HasPairs { get; private set; }
    public bool HasRideLimits { get; private set; }
    public long HighestPrice { get; private set; }

    /// <summary>True when some job may be left out at a price.</summary>
    public bool HasPrices { get; private set; }
    public long HighestPreference { get; private set; }

    private void Read(Problem problem, int j)
    {
        var job = problem.Jobs[j];
        UnservedCost[j] = job.UnservedCost ?? -1;
        HighestPrice = Math.Max(HighestPrice, UnservedCost[j]);
        HasPrices |= UnservedCost[j] >= 0;
        DoneAlternative[j] = -1;
        var previous = problem.Disturbance?.Previous[j];
        PreviousVehicle[j] = previous?.Vehicle ?? -1;
        PreviousAlternative[j] = previous?.Alternative ?? -1;
        for (int a = First[j]; a < First[j + 1]; a++)
        {
            var alternative = job.Alternatives[a - First[j]];
            JobOf[a] = j;
            IndexInJob[a] = a - First[j];
            Preference[a] = alternative.PreferenceCost;
            Release[a] = alternative.ReleaseTime;
            MaxRide[a] = alternative.MaxRideSeconds ?? -1;
            BoundVehicle[a] = -1;
            IsPossible[a] = true;
            FirstNode[a] = SecondNode[a] = -1;
            HasReleases |= alternative.ReleaseTime > 0;
            HasPairs |= alternative.Visits.Count == 2;
            HasRideLimits |= alternative.MaxRideSeconds is not null;
            HighestPreference = Math.Max(HighestPreference, alternative.PreferenceCost);
        }
    }

    private void ReadHistory(CommittedRoute committed, int vehicle, Problem problem)
    {
        foreach (var visit in committed.Frozen)
        {
            bool isLast = visit.Visit == problem.Jobs[visit.Job].Alternatives[visit.Alternative].Visits.Count - 1;
            IsDone[visit.Job] = isLast;
            DoneAlternative[visit.Job] = visit.Alternative;
            if (visit.Visit == 0) PickedUpAt[visit.Job] = visit.Departure;
            for (int a = First[visit.Job]; a < First[visit.Job + 1]; a++)
            {
                IsPossible[a] = !isLast && IndexInJob[a] == visit.Alternative;
                BoundVehicle[a] = vehicle;
                IsLoaded[a] = true;
                LoadedRank[a] = -1;
            }
        }

        for (int rank = 0; rank < committed.Loaded.Count; rank++)
        {
            for (int a = First[committed.Loaded[rank]]; a < First[committed.Loaded[rank] + 1]; a++)
            {
                BoundVehicle[a] = vehicle;
                IsLoaded[a] = true;
                Release[a] = 0;
                LoadedRank[a] = rank;
            }
        }
    }
}
