using System.Text.Json;
using Logistics.Planning.Travel;
using Logistics.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Hosting;

/// <summary>Turns what escapes an endpoint into problem+json: bad bodies into 400, full disks into 507, bugs into 500 without their insides.</summary>
public sealed class ErrorResponses(ILogger<ErrorResponses> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested) return true;
        var result = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                ApiProblems.TooLarge("The body is larger than this address accepts; see docs/api.md for the limits."),
            BadHttpRequestException { InnerException: JsonException json } => FromJson(json),
            JsonException json => FromJson(json),
            BadHttpRequestException bad => ApiProblems.Create(bad.StatusCode, "The request cannot be read.", bad.Message),
            TravelUnavailableException travel => ApiProblems.Create(StatusCodes.Status502BadGateway, "The source of travel times does not answer.", travel.Message, ProblemsOf(travel)),
            StorageException storage => FromStorage(storage, httpContext),
            InvalidDataException data => ApiProblems.Create(StatusCodes.Status400BadRequest, "The file cannot be read.", data.Message, [new FieldProblem("file", null, "file.format", data.Message)]),
            IOException io when DiskSpace.IsFull(io) => DiskFull(""),
            _ => Unexpected(exception, httpContext),
        };
        await result.ExecuteAsync(httpContext);
        return true;
    }

    private static ProblemHttpResult FromJson(JsonException json)
    {
        var field = json.Path is { Length: > 1 } path ? path.TrimStart('$').TrimStart('.') : "body";
        var place = json.LineNumber is { } line ? $" (line {line + 1}, byte {json.BytePositionInLine + 1})" : "";
        // .NET's message ends in "Path: … | LineNumber: …", which is said better by field and place.
        var text = json.Message.Split(" Path: ", 2)[0];
        return ApiProblems.Invalid([new FieldProblem(field, null, "json", $"{text}{place}")], "The body is not the JSON this address expects.");
    }

    private ProblemHttpResult FromStorage(StorageException storage, HttpContext context)
    {
        switch (storage.Fault)
        {
            case StorageFault.Conflict:
                return ApiProblems.Conflict(storage.Message, "storage.conflict");
            case StorageFault.Full:
                return DiskFull(storage.Message);
            case StorageFault.Busy or StorageFault.Unreachable:
                context.Response.Headers.RetryAfter = "5";
                return ApiProblems.Create(StatusCodes.Status503ServiceUnavailable, "The database is not available now.", $"{storage.Message} Nothing was changed; try again.", ProblemsOf(storage));
            default:
                return Unexpected(storage, context);
        }
    }

    private static ProblemHttpResult DiskFull(string detail) => ApiProblems.Create(
        StatusCodes.Status507InsufficientStorage, "The disk is full.", $"{detail} Nothing was changed. Free space in the data folder and try again.".TrimStart(), [new FieldProblem("data", null, Troubles.DiskFull, detail)]);

    private static IReadOnlyList<FieldProblem>? ProblemsOf(Exception exception) => Troubles.Find(exception) is { } problem ? [problem] : null;

    private ProblemHttpResult Unexpected(Exception exception, HttpContext context)
    {
        log.LogError(exception, "{Method} {Path} failed (trace {Trace})", context.Request.Method, context.Request.Path, context.TraceIdentifier);
        return ApiProblems.Create(StatusCodes.Status500InternalServerError, "Something went wrong in the server.", $"Nothing was changed. Trace {context.TraceIdentifier}.");
    }
}
