namespace Logistics.Planning.Exact.Assignments;

/// <summary>Which terminal takes which parcel, without regard to driving: the question whose answer bounds every plan's preference cost.</summary>
/// <remarks>Costs are in the plan's micro-cost or any other integer unit, as long as it is one.</remarks>
public sealed record AssignmentProblem
{
    /// <summary>Size classes in rising order, such as S, M, L; a parcel may take a compartment of its class or a larger one.</summary>
    public required IReadOnlyList<string> SizeClasses { get; init; }

    /// <summary>The terminals.</summary>
    public required IReadOnlyList<AssignmentTerminal> Terminals { get; init; }

    /// <summary>The parcels.</summary>
    public required IReadOnlyList<AssignmentParcel> Parcels { get; init; }

    /// <summary>Cost of a metre that the recipient walks.</summary>
    public long CostPerWalkedMetre { get; init; } = 1;

    /// <summary>Candidates farther than this are not legal.</summary>
    public int MaxWalkMetres { get; init; } = int.MaxValue;
}

/// <summary>A terminal.</summary>
/// <param name="Id">Unique.</param>
/// <param name="FreeCompartments">Free compartments of each size class, in the problem's order.</param>
/// <param name="Quotas">Compartments that a partner may hold at most; a partner without an entry has no limit.</param>
public sealed record AssignmentTerminal(string Id, IReadOnlyList<int> FreeCompartments, IReadOnlyDictionary<string, int> Quotas);

/// <summary>A parcel.</summary>
/// <param name="Id">Unique.</param>
/// <param name="SizeClass">Index of its size class.</param>
/// <param name="PartnerId">Whose.</param>
/// <param name="Candidates">Terminals that it could go to.</param>
/// <param name="OtherwiseCost">Cost of not using a terminal (delivery to the door, or to wait a day); at least 0.</param>
public sealed record AssignmentParcel(string Id, int SizeClass, string PartnerId, IReadOnlyList<AssignmentCandidate> Candidates, long OtherwiseCost);

/// <summary>A terminal that a parcel could go to.</summary>
/// <param name="Terminal">Index of the terminal.</param>
/// <param name="PreferenceCost">Cost of the recipient's or the partner's dislike; at least 0.</param>
/// <param name="WalkMetres">From the recipient's door.</param>
/// <param name="HasConsent">Whether the recipient agreed or the sender named it; without, it is not legal.</param>
public sealed record AssignmentCandidate(int Terminal, long PreferenceCost, int WalkMetres, bool HasConsent = true);

/// <summary>Where a parcel goes.</summary>
/// <param name="ParcelId">Which parcel.</param>
/// <param name="Terminal">Index of the terminal; null for none.</param>
/// <param name="SizeClass">Index of the compartment's size class; null for none.</param>
public sealed record AssignmentChoice(string ParcelId, int? Terminal, int? SizeClass);
