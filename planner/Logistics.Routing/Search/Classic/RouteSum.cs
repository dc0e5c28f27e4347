namespace Logistics.Routing.Search.Classic;

/// <summary>What else a route could carry (single visits), how many visits it makes, and, where vehicles differ, what its legs cost before the vehicle's rate and who could drive it.</summary>
internal struct RouteSum
{
    public int Room;
    public int Count;
    public long Length;

    /// <summary>Kinds that may serve all its visits, a bit each; <see cref="Unknown"/> where that has to be found out.</summary>
    public ulong Kinds;

    /// <summary>Says that any kind may.</summary>
    public const ulong Unknown = ulong.MaxValue;

    /// <summary>Takes note of another visit.</summary>
    public void Admit(ulong kinds)
    {
        if (Kinds != Unknown) Kinds &= kinds;
    }
}
