using System.Net;
using Logistics.Domain;
using Logistics.Planning.Formats.Vroom;
using Logistics.Routing.Checking;
using Logistics.Routing.Search;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace Logistics.Web.Vroom;

/// <summary>VROOM's request and response on our search, so that its clients work unchanged.</summary>
/// <remarks>
/// Those clients know no sign-in, so callers on this machine need none; from elsewhere it takes a session or an API token of staff. A forwarded request
/// counts as one from elsewhere.
/// </remarks>
public static class VroomApi
{
    private const long MostBytes = 32L * 1024 * 1024;
    private const double MostSeconds = 60, LeastSeconds = 0.5, SecondsPerJob = 0.01, UsualMostSeconds = 10;

    // A solve takes whole cores; more at once only make each other late.
    private static readonly SemaphoreSlim Slots = new(2, 2);

    public static void MapVroom(this IEndpointRouteBuilder app) => app.MapPost("/vroom", SolveAsync)
        .AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(MostBytes)).WithTags("VROOM")
        .WithSummary("A VROOM request in, a VROOM response out; seconds = search time (default 10 ms a job, 0.5 to 10 s). Without sign-in from this machine only.");

    private static async Task<IResult> SolveAsync(double? seconds, HttpContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!MaySolve(context)) return ApiProblems.Create(StatusCodes.Status401Unauthorized, "Sign in first.", "From another machine /vroom needs a session or an API token of a dispatcher or administrator.");
        if (seconds is { } s && (!double.IsFinite(s) || s < LeastSeconds || s > MostSeconds)) return Answer(StatusCodes.Status400BadRequest, VroomResponse.WriteError(VroomResponse.InputError, [$"seconds must be {LeastSeconds} to {MostSeconds}."]));
        using var reader = new StreamReader(context.Request.Body);
        var read = VroomRequest.Read(await reader.ReadToEndAsync(cancellationToken));
        if (!read.IsRead) return Answer(StatusCodes.Status400BadRequest, VroomResponse.WriteError(VroomResponse.InputError, read.Errors));
        var errors = ProblemValidator.Validate(read.Value!.Problem);
        if (errors.Count > 0) return Answer(StatusCodes.Status400BadRequest, VroomResponse.WriteError(VroomResponse.InputError, [.. errors.Select(e => e.ToString())]));
        if (read.Value.Given is not null) return Answer(StatusCodes.Status200OK, VroomResponse.WriteGiven(read.Value));
        await Slots.WaitAsync(cancellationToken);
        try
        {
            var started = time.GetTimestamp();
            var options = new SearchOptions
            {
                ElapsedSeconds = () => time.GetElapsedTime(started).TotalSeconds,
                MaxSeconds = seconds ?? read.Value.Options.Shorten(Math.Clamp(read.Value.Problem.Jobs.Count * SecondsPerJob, LeastSeconds, UsualMostSeconds)),
                Threads = Math.Min(read.Value.Options.Threads ?? 1, Environment.ProcessorCount),
                WarmStart = read.Value.Start,
            };
            var result = await Task.Run(() => RouteSearch.Solve(read.Value.Problem, options, cancellationToken), CancellationToken.None);
            return Answer(StatusCodes.Status200OK, VroomResponse.Write(read.Value, result.Plan, result.Seconds));
        }
        finally
        {
            Slots.Release();
        }
    }

    private static bool MaySolve(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated is true) return Caller.From(context.User).Role is Role.Administrator or Role.Dispatcher;
        return context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");
    }

    private static IResult Answer(int status, string json) => TypedResults.Text(json, "application/json", statusCode: status);
}
