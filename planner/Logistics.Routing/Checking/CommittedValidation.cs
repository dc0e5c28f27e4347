using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>History that can have happened: known visits in time order, nothing done twice, pairs picked up before they are delivered, goods on board of one vehicle only.</summary>
internal static class CommittedValidation
{
    public static void Validate(ErrorList errors)
    {
        var problem = errors.Problem;
        var done = new Dictionary<(int Job, int Visit), int>();
        var onBoard = new Dictionary<int, int>();
        for (int v = 0; v < problem.Vehicles.Count; v++)
        {
            if (problem.Vehicles[v].Committed is not { } committed) continue;
            errors.About("Vehicle", v, problem.Vehicles[v].Id);
            ValidateHistory(committed, v, done, errors);
            errors.Time("committed.readyAt", committed.ReadyAt);
            errors.Index("committed.position", committed.Position, problem.Places.Count, "places");
            errors.NotNegative("committed.distanceSoFar", committed.DistanceSoFar);
            for (int i = 0; i < committed.Loaded.Count; i++)
            {
                int job = committed.Loaded[i];
                errors.Index($"committed.loaded[{i}]", job, problem.Jobs.Count, "jobs");
                if (!onBoard.TryAdd(job, v)) errors.Add($"committed.loaded[{i}]", job, $"is on board of vehicle {onBoard[job]} already");
            }
        }

        for (int v = 0; v < problem.Vehicles.Count; v++)
            foreach (int job in (problem.Vehicles[v].Committed?.Loaded ?? []).Distinct()) ValidateLoaded(job, v, done, errors);
    }

    private static void ValidateHistory(CommittedRoute committed, int vehicle, Dictionary<(int, int), int> done, ErrorList errors)
    {
        var problem = errors.Problem;
        errors.Time("committed.startedAt", committed.StartedAt);
        if (committed.StartedAt is null && committed.Frozen.Count > 0) errors.Add("committed.startedAt", "none", "must be given when visits are already executed");
        int now = committed.StartedAt ?? 0;
        for (int i = 0; i < committed.Frozen.Count; i++)
        {
            var frozen = committed.Frozen[i];
            string path = $"committed.frozen[{i}]";
            if ((uint)frozen.Job >= (uint)problem.Jobs.Count || (uint)frozen.Alternative >= (uint)problem.Jobs[frozen.Job].Alternatives.Count
                || (uint)frozen.Visit >= (uint)problem.Jobs[frozen.Job].Alternatives[frozen.Alternative].Visits.Count)
            {
                errors.Add(path, $"(job {frozen.Job}, alternative {frozen.Alternative}, visit {frozen.Visit})", "does not exist");
                continue;
            }

            if (frozen.Arrival < now || frozen.Start < frozen.Arrival || frozen.Departure < frozen.Start)
                errors.Add(path, $"({frozen.Arrival}, {frozen.Start}, {frozen.Departure})", $"must be ascending and not before {now}");
            now = Math.Max(now, frozen.Departure);
            if (!done.TryAdd((frozen.Job, frozen.Visit), vehicle)) errors.Add(path, $"job {frozen.Job}", "was executed already");
            if (frozen.Visit == 1 && !done.Contains(new KeyValuePair<(int, int), int>((frozen.Job, 0), vehicle))) errors.Add(path, $"job {frozen.Job}", "is delivered but was not picked up by this vehicle");
        }
    }

    private static void ValidateLoaded(int job, int vehicle, Dictionary<(int, int), int> done, ErrorList errors)
    {
        errors.About("Vehicle", vehicle, errors.Problem.Vehicles[vehicle].Id);
        if ((uint)job >= (uint)errors.Problem.Jobs.Count) return;
        var first = errors.Problem.Jobs[job].Alternatives[0].Visits;
        bool isPair = first.Count == 2;
        foreach (var other in errors.Problem.Jobs[job].Alternatives)
        {
            // What is on board does not depend on where it goes; alternatives nobody may do any more are history.
            if (other.AllowedVehicles is { Count: 0 }) continue;
            bool isSame = other.Visits.Count == first.Count && (isPair || IsSameLoad(other.Visits[0].Delivery, first[0].Delivery));
            if (!isSame) errors.Add("committed.loaded", $"job {job}", "has alternatives that bring different amounts, so what is on board is not known");
        }

        if (done.ContainsKey((job, isPair ? 1 : 0))) errors.Add("committed.loaded", $"job {job}", "was delivered already");
        if (isPair && !(done.TryGetValue((job, 0), out int by) && by == vehicle)) errors.Add("committed.loaded", $"job {job}", "is a pair that this vehicle has not picked up");
    }

    private static bool IsSameLoad(IReadOnlyList<long> a, IReadOnlyList<long> b)
    {
        for (int d = 0; d < Math.Max(a.Count, b.Count); d++)
            if ((d < a.Count ? a[d] : 0) != (d < b.Count ? b[d] : 0)) return false;
        return true;
    }
}
