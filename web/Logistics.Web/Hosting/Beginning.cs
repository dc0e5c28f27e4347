using Logistics.Web.Demo;

namespace Logistics.Web.Hosting;

/// <summary>Fills the database at the first start while the host listens already: pages are served, what needs data waits until all of it is there.</summary>
/// <remarks>Services that work in the background start when the data is complete, in their order; so nobody ever sees half a city. Thread-safe.</remarks>
public sealed class Beginning : IDisposable
{
    public const string Rule = "demo.making";

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<IReadOnlyList<FirstAccount>?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="fill">Makes what is missing and answers the accounts made, null when nothing was.</param>
    public Beginning(Func<CancellationToken, Task<IReadOnlyList<FirstAccount>?>> fill) => Filled = fill(_stop.Token);

    /// <summary>Ends when the database is filled; with its fault when it could not be.</summary>
    public Task<IReadOnlyList<FirstAccount>?> Filled { get; }

    /// <summary>As <see cref="Filled"/>, and the background services have started.</summary>
    public Task<IReadOnlyList<FirstAccount>?> Ready => _ready.Task;

    public void Dispose() => _stop.Dispose();

    internal void Stop() => _stop.Cancel();

    internal void End() => _ready.TrySetResult(Filled.Result);

    internal void Fail(Exception fault) => _ready.TrySetException(fault);

    /// <summary>Lets pages and files through. Who asks whether the host is ready is told 503 at once; the rest waits for the data.</summary>
    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        if (!Ready.IsCompletedSuccessfully && NeedsData(context.Request.Path))
        {
            if (!AsksForReadiness(context.Request)) await ((Task)Ready.WaitAsync(context.RequestAborted)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!Ready.IsCompletedSuccessfully)
            {
                await RefuseAsync(context);
                return;
            }
        }

        await next(context);
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        const string detail = "The demo city is being made; try again in a moment.";
        return ApiProblems.Create(StatusCodes.Status503ServiceUnavailable, "Not ready yet.", detail, [new FieldProblem("", null, Rule, detail)]).ExecuteAsync(context);
    }

    private static bool AsksForReadiness(HttpRequest request) =>
        request.Path.StartsWithSegments("/health", StringComparison.Ordinal) || (HttpMethods.IsGet(request.Method) && request.Path == "/api/session");

    private static bool NeedsData(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.Ordinal) || path.StartsWithSegments("/vroom", StringComparison.Ordinal) || path.StartsWithSegments("/device", StringComparison.Ordinal)
        || path.StartsWithSegments("/mqtt", StringComparison.Ordinal) || path.StartsWithSegments("/health", StringComparison.Ordinal);
}
