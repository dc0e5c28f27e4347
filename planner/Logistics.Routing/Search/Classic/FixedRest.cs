namespace Logistics.Routing.Search.Classic;

/// <summary>A break as the classic search keeps it, for problems that stand for another: before the first leg or loading that would end, service included, behind a fixed second.</summary>
/// <param name="At">Second; <see cref="int.MaxValue"/> for none.</param>
/// <param name="Seconds">How long it lasts.</param>
internal readonly record struct FixedRest(int At, int Seconds)
{
    public static FixedRest None => new(int.MaxValue, 0);

    public bool IsNone => At == int.MaxValue;

    /// <summary>Whether it is taken between two seconds.</summary>
    public bool IsBetween(int before, int behind) => before <= At && behind > At;

    /// <summary>Latest second to begin something that ends with a service, when it may begin at <paramref name="latest"/> without the break before it.</summary>
    /// <param name="latestAhead">Latest second to begin so that it ends before the break is due.</param>
    public int FindLatest(int latest, int latestAhead) => latest >= (long)At + Seconds || IsNone ? latest : Math.Max(Math.Min(latest, latestAhead), latest - Seconds);
}
