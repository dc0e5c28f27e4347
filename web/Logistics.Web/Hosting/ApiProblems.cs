using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Hosting;

/// <summary>One thing wrong with one field of a request.</summary>
/// <param name="Rule">Stable code of the rule broken.</param>
/// <param name="Row">1-based row or item, where the request has several.</param>
public sealed record FieldProblem(string Field, string? Value, string Rule, string Message, int? Row = null);

/// <summary>The RFC 9457 answers of this API; <c>problems</c> lists everything wrong at once.</summary>
public static class ApiProblems
{
    public static ProblemHttpResult Invalid(IReadOnlyList<FieldProblem> problems, string title = "The request breaks rules.") =>
        Create(StatusCodes.Status400BadRequest, title, problems.Count == 1 ? problems[0].Message : $"{problems.Count} problems; see problems.", problems);

    public static ProblemHttpResult Invalid(string field, string? value, string rule, string message) => Invalid([new FieldProblem(field, value, rule, message)]);

    public static ProblemHttpResult NotFound(string kind, string id) =>
        Create(StatusCodes.Status404NotFound, "Not found.", $"There is no {kind} \"{id}\", or this account may not see it.");

    public static ProblemHttpResult Forbidden(string detail) => Create(StatusCodes.Status403Forbidden, "Not allowed.", detail);

    /// <summary>The state of the thing forbids the change.</summary>
    public static ProblemHttpResult Conflict(string detail, string? rule = null) =>
        Create(StatusCodes.Status409Conflict, "Not possible now.", detail, rule is null ? null : [new FieldProblem("", null, rule, detail)]);

    public static ProblemHttpResult TooLarge(string detail) => Create(StatusCodes.Status413PayloadTooLarge, "Too large.", detail);

    public static ProblemHttpResult Create(int status, string title, string? detail = null, IReadOnlyList<FieldProblem>? problems = null) =>
        TypedResults.Problem(
            title: title, detail: detail, statusCode: status,
            extensions: problems is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["problems"] = problems });
}
