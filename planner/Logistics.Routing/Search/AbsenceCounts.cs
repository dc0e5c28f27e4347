namespace Logistics.Routing.Search;

/// <summary>How often each job found no place while vehicles were being saved: what is hard to place weighs more.</summary>
/// <remarks>Absence counters of Christiaens and Vanden Berghe (2020), §4.4. Owned by one thread.</remarks>
internal sealed class AbsenceCounts(int jobs)
{
    private readonly long[] _counts = new long[jobs];

    public long WeightOf(int job) => 1 + _counts[job];

    public long Sum(ReadOnlySpan<int> absent)
    {
        long sum = 0;
        foreach (int job in absent) sum += WeightOf(job);
        return sum;
    }

    public void Count(ReadOnlySpan<int> absent)
    {
        foreach (int job in absent) _counts[job]++;
    }
}
