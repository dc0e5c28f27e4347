using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Days.Repairs;
using Logistics.Planning.Formats.Json;
using Logistics.Planning.Travel;
using Logistics.Routing.Model;
using Logistics.Storage;

namespace Logistics.Web.Plans;

/// <summary>Stored plans as the optimiser's problem and answer: what a question, a repair or an export works on. Thread-safe.</summary>
public sealed class RunningDays(LogisticsStorage storage, DayLoader days)
{
    /// <summary>A model of 10,000 parcels takes some 200 MB.</summary>
    private const int MostKept = 3;

    private readonly KeptTasks<string, RunningDay?> _kept = new(MostKept, day => day is not null);

    /// <summary>Null when there is no such plan or it was stored without what it was made of.</summary>
    /// <exception cref="TravelUnavailableException">The travel source does not answer.</exception>
    public Task<RunningDay?> FindAsync(string planId, CancellationToken cancellationToken) => _kept.Get(planId, () => ReadAsync(planId)).WaitAsync(cancellationToken);

    /// <summary>Keeps a plan that was just made, so that the first question does not build its model again.</summary>
    public void Keep(RunningDay day) => _kept.Keep(day.DayPlan.Id, day);

    private async Task<RunningDay?> ReadAsync(string planId)
    {
        var (plan, record, answer) = await storage.ReadAsync(async db =>
        {
            var found = await storage.Plans.FindAsync(db, planId);
            if (found is null || await DayRecord.FindAsync(db, storage, found) is not { } kept) return default;
            return (found, (Of: kept, Input: await kept.ToInputAsync(db, storage)), await days.AnswerAsync(db, found));
        }, CancellationToken.None);
        if (plan is null || answer is null) return null;
        var planner = await days.PlannerAsync(CancellationToken.None);
        var model = await planner.BuildAsync(record.Input, CancellationToken.None);
        return new RunningDay(plan, record.Of.Repaired is { } repaired ? Carry(model, repaired) : model, answer);
    }

    /// <summary>The model with what a repair made of its problem; places, travel and their numbers follow from the input.</summary>
    private static DayModel Carry(DayModel model, RepairedProblem repaired)
    {
        var stored = ProblemJson.Read(repaired.Problem);
        if (stored.Value is not { } problem) throw new InvalidDataException($"The stored problem of a repaired plan cannot be read: {string.Join(' ', stored.Errors.Take(3))}");
        var parcels = model.Input.Parcels.Concat(model.Input.LateParcels).ToDictionary(p => p.Id, StringComparer.Ordinal);
        return model with
        {
            Problem = problem with { Places = model.Problem.Places, Profiles = model.Problem.Profiles },
            Parcels = [.. repaired.ParcelOfJob.Select(id => parcels[id])],
            OptionOfAlternative = repaired.OptionOfAlternative,
        };
    }
}
