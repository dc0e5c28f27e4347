namespace Logistics.DeviceGateway.Twins;

/// <summary>Small immutable lists ordered by a text key, ordinal.</summary>
internal static class SortedByKey
{
    /// <summary>The list with the item of that key replaced, or put in.</summary>
    /// <param name="change">Gets the known item or null; may return the same to change nothing.</param>
    public static IReadOnlyList<T> Upsert<T>(this IReadOnlyList<T> items, string key, Func<T, string> keyOf, Func<T?, T> change)
        where T : class
    {
        var (low, high) = (0, items.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(keyOf(items[middle]), key) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var known = low < items.Count && string.Equals(keyOf(items[low]), key, StringComparison.Ordinal) ? items[low] : null;
        var next = change(known);
        if (ReferenceEquals(next, known))
        {
            return items;
        }

        var changed = new List<T>(items.Count + 1);
        changed.AddRange(items);
        if (known is null)
        {
            changed.Insert(low, next);
        }
        else
        {
            changed[low] = next;
        }

        return changed;
    }
}
