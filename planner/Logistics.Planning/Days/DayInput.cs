using Logistics.Domain;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Everything a day's plan depends on.</summary>
public sealed record DayInput
{
    public required NetworkSnapshot Network { get; init; }

    /// <summary>The local service day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The parcels to plan; the caller leaves out those that are cancelled, quarantined or already gone.</summary>
    public required IReadOnlyList<Parcel> Parcels { get; init; }

    /// <summary>Parcels that came while the plan was being driven. Their places are numbered after all others, so that what was planned keeps its numbers.</summary>
    public IReadOnlyList<Parcel> LateParcels { get; init; } = [];

    /// <summary>Shifts of the day; each makes one vehicle available. Shifts of other days are ignored.</summary>
    public required IReadOnlyList<Shift> Shifts { get; init; }

    /// <summary>Compartments or shelf places that cannot be given today, by terminal id: occupied, reserved by others, blocked, faulty.</summary>
    public IReadOnlyDictionary<string, SizeCounts> TakenByTerminal { get; init; } = new Dictionary<string, SizeCounts>();

    /// <summary>Parcels already counted against a partner's daily quota at a terminal.</summary>
    public IReadOnlyDictionary<(string TerminalId, string PartnerId), int> QuotaUsed { get; init; } = new Dictionary<(string, string), int>();

    /// <summary>The dispatcher's wishes, in order.</summary>
    public IReadOnlyList<PlanEdit> Edits { get; init; } = [];

    /// <summary>The plan the edits speak of and the search starts from; null for a fresh day.</summary>
    public DayPlan? Base { get; init; }

    /// <summary>The optimiser's answer <see cref="Base"/> was translated from: its times are taken over. Null = the base is timed anew.</summary>
    public Plan? BaseAnswer { get; init; }

    public PlanningRules Rules { get; init; } = new();

    /// <summary>Counts what the compartments' own state takes away from each terminal.</summary>
    public static IReadOnlyDictionary<string, SizeCounts> CountTaken(IEnumerable<Compartment> compartments)
    {
        var taken = new Dictionary<string, SizeCounts>(StringComparer.Ordinal);
        foreach (var c in compartments)
        {
            if (c.Use == CompartmentUse.Free && c.Service == CompartmentService.InService) continue;
            var counts = taken.GetValueOrDefault(c.TerminalId);
            taken[c.TerminalId] = counts.With(c.Size, counts[c.Size] + 1);
        }

        return taken;
    }
}

/// <summary>How the day is modelled, apart from the area's own defaults.</summary>
public sealed record PlanningRules
{
    /// <summary>Cost units of the optimiser in one fen.</summary>
    public const int UnitsPerFen = 1_000;

    /// <summary>Doors closer than this to a parking place are served on foot from it, metres.</summary>
    public double ParkRadiusMetres { get; init; } = 70;

    /// <summary>Most places of the travel matrices; where doors would exceed it the park radius grows by halves until they fit.</summary>
    public int MaxPlaces { get; init; } = 2_000;

    /// <summary>Walked metres per straight metre between parking place and door.</summary>
    public double WalkDetourFactor { get; init; } = 1.3;

    /// <summary>Walking speed with a parcel.</summary>
    public double WalkMetresPerSecond { get; init; } = 1.2;

    /// <summary>Leaving out a parcel of priority 100 costs this many times an ordinary one.</summary>
    public int TopPriorityFactor { get; init; } = 10;

    /// <summary>Skills a courier needs for goods of a handling class.</summary>
    public IReadOnlyDictionary<HandlingClass, string> SkillByHandling { get; init; } = new Dictionary<HandlingClass, string>
    {
        [HandlingClass.Fresh] = "cold",
        [HandlingClass.Drug] = "drug",
        [HandlingClass.Valuable] = "valuable",
        [HandlingClass.Oversize] = "oversize",
    };

    /// <summary>Trips a shift may make when it does not say; 1 means no reload.</summary>
    public int DefaultMaxTrips { get; init; } = 2;

    /// <summary>Loading bays admit a new vehicle per slot of this length, seconds; 0 = bays are not modelled.</summary>
    public int DockSlotSeconds { get; init; } = 1_800;

    /// <summary>Most parcels the search treats as one job when they could not be told apart; 1 = never.</summary>
    public int MaxGroupParcels { get; init; } = JobGrouping.UsualMembers;
}
