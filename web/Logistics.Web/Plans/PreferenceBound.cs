using Logistics.Domain;
using Logistics.OrTools;
using Logistics.Planning.Days;
using Logistics.Planning.Exact.Assignments;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using PlanHeader = Logistics.Planning.Days.PlanHeader;

namespace Logistics.Web.Plans;

/// <summary>What a plan gives up of the recipients' preferences, against the best assignment if driving were free.</summary>
/// <param name="Outcome">How the exact solve ended; <paramref name="BestFen"/> is a proven bound unless it is optimal.</param>
/// <param name="Parcels">Delivered parcels that are compared.</param>
/// <param name="PlanWalkMetres">Walked by all recipients together, as the crow flies.</param>
/// <param name="Driving">What driving the preferred assignment would take; null unless it was asked for.</param>
public sealed record PreferenceBoundView(
    CpSatOutcome Outcome, string Message, int Parcels, long PlanFen, long BestFen, long PlanWalkMetres, long BestWalkMetres, DrivingView? Driving);

/// <param name="PreferredOperatingFen">Vehicles, kilometres and hours with every parcel at its preferred terminal, as far as a search of the same length finds.</param>
/// <param name="PreferredUnassigned">Parcels that the preferred assignment leaves out; the comparison is fair only with equal numbers.</param>
public sealed record DrivingView(long PlanMetres, long PreferredMetres, long PlanOperatingFen, long PreferredOperatingFen, int PlanUnassigned, int PreferredUnassigned);

public static class PreferenceBoundApi
{
    private const double MostDrivingSeconds = 120;
    private static readonly TimeSpan ProofLimit = TimeSpan.FromSeconds(20);

    public static void MapPreferenceBound(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/plans/{id}/bound", GetAsync).RequireAuthorization(Policies.Read).WithTags("Plans")
            .WithSummary("The plan's preference cost beside the proven least one; with drivingSeconds also what driving that one would cost. Ends when the caller hangs up.");

    private static async Task<Results<Ok<PreferenceBoundView>, ProblemHttpResult>> GetAsync(
        string id, double? drivingSeconds, LogisticsStorage storage, DayLoader days, ICpSat solver, CancellationToken cancellationToken)
    {
        if (drivingSeconds is { } seconds && (!double.IsFinite(seconds) || seconds is < 0 or > MostDrivingSeconds))
            return ApiProblems.Invalid("drivingSeconds", FormattableString.Invariant($"{seconds}"), "range", FormattableString.Invariant($"drivingSeconds {seconds} must be 0 to {MostDrivingSeconds}."));
        var (plan, input) = await storage.ReadAsync(async db =>
        {
            var found = await storage.Plans.FindAsync(db, id);
            return (found, found is null ? null : await DayRecord.ReadAsync(db, storage, found));
        }, cancellationToken);
        if (plan is null) return ApiProblems.NotFound("plan", id);
        if (input is null) return ApiProblems.Conflict("This plan was stored without the day it was made of.", "plan.input");
        var day = DayAssignment.Of(input, plan);
        var optimum = await AssignmentBound.SolveAsync(solver, day.Problem, ProofLimit, null, cancellationToken);
        if (optimum.Choices.Count == 0) return ApiProblems.Create(StatusCodes.Status503ServiceUnavailable, "No bound.", optimum.Message);
        var best = optimum.Outcome == CpSatOutcome.Optimal ? optimum.Cost : optimum.Bound;
        var driving = drivingSeconds > 0 ? await DriveAsync(plan, day.Preferred(input, optimum), drivingSeconds.Value, storage, days, cancellationToken) : null;
        return TypedResults.Ok(new PreferenceBoundView(
            optimum.Outcome, optimum.Message, day.Parcels.Count, day.PlanFen, Math.Min(best, day.PlanFen), day.PlanWalkMetres, day.WalkMetres(input, optimum), driving));
    }

    private static async Task<DrivingView> DriveAsync(DayPlan plan, DayInput preferred, double seconds, LogisticsStorage storage, DayLoader days, CancellationToken cancellationToken)
    {
        var planner = await days.PlannerAsync(cancellationToken);
        var model = await planner.BuildAsync(preferred, cancellationToken);
        var header = new PlanHeader(storage.Ids.New(IdPrefix.Plan), 0, plan.Name, "");
        var other = await Task.Run(() => planner.Solve(model, new SolveSettings { Seconds = seconds }, header, storage.Ids, null, cancellationToken).DayPlan, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new DrivingView(
            plan.Routes.Sum(r => (long)r.DistanceMetres), other.Routes.Sum(r => (long)r.DistanceMetres), plan.Cost.OperatingFen(), other.Cost.OperatingFen(), plan.Unassigned.Count, other.Unassigned.Count);
    }
}
