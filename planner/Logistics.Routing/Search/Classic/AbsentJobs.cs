namespace Logistics.Routing.Search.Classic;

/// <summary>The jobs that the solution as last accepted leaves out, and what that costs. Owned by one thread.</summary>
internal sealed class AbsentJobs(ClassicProblem problem)
{
    private readonly int[] _jobs = new int[problem.Prize.Length];
    private readonly int[] _at = MakePlaces(problem.Prize.Length);

    public int Count { get; private set; }

    /// <summary>In no particular order.</summary>
    public ReadOnlySpan<int> List => _jobs.AsSpan(0, Count);

    /// <summary>How many of them had to be served.</summary>
    public int MandatoryCount { get; private set; }

    /// <summary>Prizes of all of them together.</summary>
    public long Cost { get; private set; }

    public bool Contains(int job) => _at[job] >= 0;

    /// <summary>Says whether a job is left out; nothing happens when that is known.</summary>
    public void Set(int job, bool isAbsent)
    {
        if (isAbsent == Contains(job)) return;
        int sign = isAbsent ? 1 : -1;
        Cost += sign * problem.Prize[job];
        if (problem.IsMandatory[job]) MandatoryCount += sign;
        if (isAbsent)
        {
            Move(job, Count++);
            return;
        }

        Count--;
        Move(_jobs[Count], _at[job]);
        _at[job] = -1;
    }

    /// <summary>Draws a job that has not been drawn yet.</summary>
    /// <param name="drawn">Number of jobs drawn before.</param>
    public int Draw(int drawn, Rng rng)
    {
        // Moved to the front, so that none is drawn twice.
        int at = drawn + rng.Below(Count - drawn), job = _jobs[at];
        Move(_jobs[drawn], at);
        Move(job, drawn);
        return job;
    }

    private static int[] MakePlaces(int count)
    {
        var places = new int[count];
        Array.Fill(places, -1);
        return places;
    }

    private void Move(int job, int to) => (_jobs[to], _at[job]) = (job, to);
}
