using System.Globalization;
using Logistics.Domain;
using Logistics.Planning.Days.Repairs;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Plans;

/// <summary>Repairs of a running plan: proposed, then accepted as the next version or discarded.</summary>
public static class RepairsApi
{
    private const int MostIncidents = 20, MostDisturbed = 10_000;
    private const double LeastSeconds = 0.1, MostSeconds = 60, FreeSeconds = 5;

    public static void MapRepairs(this IEndpointRouteBuilder app)
    {
        var repairs = app.MapGroup("/api/plans/{id}/repair").WithTags("Plans").RequireAuthorization(Policies.Steer);
        repairs.MapPost("", ProposeAsync).WithSummary("Repairs the plan after incidents and answers the proposal; nothing is stored. Ends when the caller hangs up.");
        repairs.MapGet("/{proposalId}/free", CompareAsync).WithSummary("What a proposal costs more than planning the rest of the day anew, as far as seconds of search find. Ends when the caller hangs up.");
        repairs.MapPost("/{proposalId}/accept", AcceptAsync).WithSummary("Stores a proposal as the next version.");
        repairs.MapDelete("/{proposalId}", Discard).WithSummary("Forgets a proposal.");
    }

    private static async Task<Results<Ok<RepairView>, ProblemHttpResult>> ProposeAsync(string id, RepairRequest request, RepairDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        if (request.Incidents is not { Count: >= 1 and <= MostIncidents }) problems.Add(new FieldProblem("incidents", null, "range", $"incidents must be 1 to {MostIncidents}."));
        if (request.MaxDisturbed is < 0 or > MostDisturbed) problems.Add(new FieldProblem("maxDisturbed", request.MaxDisturbed.Value.ToString(CultureInfo.InvariantCulture), "range", $"maxDisturbed {request.MaxDisturbed} must be 0 to {MostDisturbed}."));
        if (request.Seconds is { } s && (!double.IsFinite(s) || s is < LeastSeconds or > MostSeconds)) problems.Add(SecondsProblem(s));
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        var wish = new RepairWish { At = request.At ?? time.GetUtcNow(), Incidents = [] };
        wish = wish with { MaxDisturbed = request.MaxDisturbed ?? wish.MaxDisturbed, Seconds = request.Seconds ?? wish.Seconds };
        return await desk.ProposeAsync(id, wish, request.Incidents!, cancellationToken);
    }

    private static async Task<Results<Ok<FreeRepairView>, ProblemHttpResult>> CompareAsync(string id, string proposalId, double? seconds, RepairDesk desk, CancellationToken cancellationToken)
    {
        if (seconds is { } s && (!double.IsFinite(s) || s is < LeastSeconds or > MostSeconds)) return ApiProblems.Invalid([SecondsProblem(s)]);
        return await desk.CompareAsync(id, proposalId, seconds ?? FreeSeconds, cancellationToken) is { } view ? TypedResults.Ok(view) : ApiProblems.NotFound("repair proposed on this host", proposalId);
    }

    private static FieldProblem SecondsProblem(double seconds) =>
        new("seconds", seconds.ToString(CultureInfo.InvariantCulture), "range", string.Create(CultureInfo.InvariantCulture, $"seconds {seconds} must be {LeastSeconds} to {MostSeconds}."));

    private static Task<Results<Ok<PlanSummary>, ProblemHttpResult>> AcceptAsync(string id, string proposalId, RepairDesk desk, Caller caller, HttpContext context, CancellationToken cancellationToken) =>
        desk.AcceptAsync(id, proposalId, caller.ToActor("repair", context), cancellationToken);

    private static Results<NoContent, ProblemHttpResult> Discard(string id, string proposalId, RepairDesk desk) =>
        desk.Discard(id, proposalId) ? TypedResults.NoContent() : ApiProblems.NotFound("repair proposed on this host", proposalId);
}
