using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;

namespace Logistics.Web.Hosting;

/// <summary>Turns what escapes an endpoint into problem+json: bad bodies into 400, full disks into 507, bugs into 500 without their insides.</summary>
public sealed class ErrorResponses(ILogger<ErrorResponses> log) : IExceptionHandler
{
    private const int DiskFull = unchecked((int)0x80070070), NoSpaceLeft = 28;

    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested) return true;
        var result = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
                ApiProblems.TooLarge("The body is larger than this address accepts; see docs/api.md for the limits."),
            BadHttpRequestException { InnerException: JsonException json } => FromJson(json),
            JsonException json => FromJson(json),
            BadHttpRequestException bad => ApiProblems.Create(bad.StatusCode, "The request cannot be read.", bad.Message),
            IOException io when io.HResult is DiskFull or NoSpaceLeft || io.Message.Contains("No space left", StringComparison.Ordinal) =>
                ApiProblems.Create(StatusCodes.Status507InsufficientStorage, "The disk is full.", "Nothing was changed. Free space in the data folder and try again."),
            _ => Unexpected(exception, context),
        };
        await result.ExecuteAsync(context);
        return true;
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult FromJson(JsonException json)
    {
        var field = json.Path is { Length: > 1 } path ? path.TrimStart('$').TrimStart('.') : "body";
        var place = json.LineNumber is { } line ? $" (line {line + 1}, byte {json.BytePositionInLine + 1})" : "";
        // .NET's message ends in "Path: … | LineNumber: …", which is said better by field and place.
        var text = json.Message.Split(" Path: ", 2)[0];
        return ApiProblems.Invalid([new FieldProblem(field, null, "json", $"{text}{place}")], "The body is not the JSON this address expects.");
    }

    private Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Unexpected(Exception exception, HttpContext context)
    {
        log.LogError(exception, "{Method} {Path} failed (trace {Trace})", context.Request.Method, context.Request.Path, context.TraceIdentifier);
        return ApiProblems.Create(StatusCodes.Status500InternalServerError, "Something went wrong in the server.", $"Nothing was changed. Trace {context.TraceIdentifier}.");
    }
}
