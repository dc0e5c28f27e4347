namespace Logistics.Planning.Exact.Assignments;

/// <summary>Gives each parcel of a terminal a compartment class, as small as can be.</summary>
internal static class CompartmentAllocation
{
    /// <summary>Class of each parcel, in the order given; null where nothing is left.</summary>
    /// <param name="sizeClasses">Size class of each parcel at one terminal.</param>
    /// <param name="free">Free compartments of each class.</param>
    /// <remarks>
    /// Largest parcels first, each into the smallest class that fits and has room: on nested classes this never takes a
    /// compartment from a parcel that has no other, so it seats everybody whenever Hall's condition holds.
    /// </remarks>
    public static int?[] Allocate(IReadOnlyList<int> sizeClasses, IReadOnlyList<int> free)
    {
        var left = free.ToArray();
        var classes = new int?[sizeClasses.Count];
        foreach (var parcel in Enumerable.Range(0, sizeClasses.Count).OrderByDescending(p => sizeClasses[p]))
        {
            var k = sizeClasses[parcel];
            while (k < left.Length && left[k] == 0) k++;
            if (k == left.Length) continue;
            left[k]--;
            classes[parcel] = k;
        }

        return classes;
    }
}
