using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>A problem as arrays of fields: what the search loop reads instead of the model's records. Immutable after construction, shared by all islands.</summary>
internal sealed class CompiledProblem
{
    public const int Horizon = TimeWindow.Horizon;
    public const long Unlimited = long.MaxValue / 4;

    // So few jobs that every route may be looked at closely.
    private const int TinyJobs = 12;

    public CompiledProblem(Problem problem)
        : this(problem, null)
    {
    }

    /// <param name="exact">The problem whose jobs were joined to those of <paramref name="problem"/>: travel is the same.</param>
    public CompiledProblem(Problem problem, CompiledProblem? exact)
    {
        Source = problem;
        Dimensions = problem.Dimensions;
        var arrays = new LegArrays();
        Legs = exact?.Legs ?? [.. problem.Profiles.Select(p => new Legs(p, arrays))];
        Roads = Legs.Length > 0 && problem.Profiles[0] is PartTravel ? [.. Legs.DistinctBy(l => (l.Source as PartTravel)?.Places)] : Legs[..Math.Min(1, Legs.Length)];
        Jobs = new JobTable(problem);
        new NodeCompiler(this).Compile();
        new VehicleCompiler(this).Compile();
        Fit = new FitTable(this);
        Kin = new KinTable(this);
        Resources = new ResourceTable(this);
        Levels = new LevelTable(this);
        foreach (ref var node in Nodes.AsSpan()) node.Joined = 1;
        Hopeless = new HopelessJobs(this);
        MandatoryCost = MandatoryPrice.Find(this);
        HasTimeLimits = HasAnyTimeLimit();
    }

    public Problem Source { get; }
    public int Dimensions { get; }
    public Legs[] Legs { get; }

    /// <summary>Legs that tell how far places are from each other, whoever drives: the first profile's, or those of one profile of each part of the city.</summary>
    public Legs[] Roads { get; }
    public JobTable Jobs { get; }

    /// <summary>Visits in [0, VisitCount), then starts and ends, then reloads.</summary>
    public NodeData[] Nodes { get; set; } = [];
    public int VisitCount { get; set; }
    public TimeWindow[] Windows { get; set; } = [];

    /// <summary>Brought from the depot, [node × Dimensions + k].</summary>
    public long[] Delivery { get; set; } = [];

    /// <summary>Taken on board (negative: put off by the second visit of a pair), [node × Dimensions + k].</summary>
    public long[] Pickup { get; set; } = [];

    /// <summary>Place of each site.</summary>
    public int[] SitePlace { get; set; } = [];

    /// <summary>Earliest and latest start at each site.</summary>
    public int[] SiteEarliest { get; set; } = [];
    public int[] SiteLatest { get; set; } = [];

    /// <summary>Group of vehicles that may come to each site.</summary>
    public int[] SiteGroup { get; set; } = [];

    public VehicleData[] Vehicles { get; set; } = [];
    public int VehicleClassCount { get; set; }

    /// <summary>Largest load, [vehicle × Dimensions + k].</summary>
    public long[] Capacity { get; set; } = [];

    /// <summary>On board at the route's start and not brought to any free visit, [vehicle × Dimensions + k].</summary>
    public long[] LoadBefore { get; set; } = [];
    public FitTable Fit { get; }
    public KinTable Kin { get; }
    public ResourceTable Resources { get; }
    public LevelTable Levels { get; }

    public HopelessJobs Hopeless { get; }

    /// <summary>So few jobs that every route may be timed with every placement of its breaks, and the search may begin anew again and again.</summary>
    public bool IsTiny => Jobs.Count <= TinyJobs;

    /// <summary>Stands in for the missing price of a job that must be served: more than any plan without it can save.</summary>
    public long MandatoryCost { get; }

    /// <summary>False when no route can ever be too late.</summary>
    public bool HasTimeLimits { get; }

    private bool HasAnyTimeLimit()
    {
        foreach (ref readonly var node in Nodes.AsSpan())
            if (node.Earliest > 0 || node.Latest < Horizon || node.WindowCount > 0) return true;
        foreach (ref readonly var v in Vehicles.AsSpan())
            if (v.IsDurationPriced || v.NeedsWalk || v.EarliestStart > 0 || v.LoadFrom > 0) return true;
        return Legs.Any(l => l.HasBlocked) || Jobs.HasReleases;
    }
}
