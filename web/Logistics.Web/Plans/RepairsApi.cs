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
    private const double LeastSeconds = 0.1, MostSeconds = 60;

    public static void MapRepairs(this IEndpointRouteBuilder app)
    {
        var repairs = app.MapGroup("/api/plans/{id}/repair").WithTags("Plans").RequireAuthorization(Policies.Steer);
        repairs.MapPost("", ProposeAsync).WithSummary("Repairs the plan after incidents and answers the proposal; nothing is stored. Ends when the caller hangs up.");
        repairs.MapPost("/{proposalId}/accept", AcceptAsync).WithSummary("Stores a proposal as the next version.");
        repairs.MapDelete("/{proposalId}", Discard).WithSummary("Forgets a proposal.");
    }

    private static async Task<Results<Ok<RepairView>, ProblemHttpResult>> ProposeAsync(string id, RepairRequest request, RepairDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        if (request.Incidents is not { Count: >= 1 and <= MostIncidents }) problems.Add(new FieldProblem("incidents", null, "range", $"incidents must be 1 to {MostIncidents}."));
        if (request.MaxDisturbed is < 0 or > MostDisturbed) problems.Add(new FieldProblem("maxDisturbed", request.MaxDisturbed.Value.ToString(CultureInfo.InvariantCulture), "range", $"maxDisturbed {request.MaxDisturbed} must be 0 to {MostDisturbed}."));
        if (request.Seconds is { } s && (!double.IsFinite(s) || s is < LeastSeconds or > MostSeconds)) problems.Add(new FieldProblem("seconds", s.ToString(CultureInfo.InvariantCulture), "range", string.Create(CultureInfo.InvariantCulture, $"seconds {s} must be {LeastSeconds} to {MostSeconds}.")));
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        var wish = new RepairWish { At = request.At ?? time.GetUtcNow(), Incidents = [] };
        wish = wish with { MaxDisturbed = request.MaxDisturbed ?? wish.MaxDisturbed, Seconds = request.Seconds ?? wish.Seconds };
        return await desk.ProposeAsync(id, wish, request.Incidents!, cancellationToken);
    }

    private static Task<Results<Ok<PlanSummary>, ProblemHttpResult>> AcceptAsync(string id, string proposalId, RepairDesk desk, Caller caller, HttpContext context, CancellationToken cancellationToken) =>
        desk.AcceptAsync(id, proposalId, caller.ToActor("repair", context), cancellationToken);

    private static Results<NoContent, ProblemHttpResult> Discard(string id, string proposalId, RepairDesk desk) =>
        desk.Discard(id, proposalId) ? TypedResults.NoContent() : ApiProblems.NotFound("repair proposed on this host", proposalId);
}
