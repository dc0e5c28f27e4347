using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Logistics.EndToEnd.Tests;

/// <summary>A small map server of our own: a style of vector tiles, which are empty, raster tiles of one colour, some that fail, and nothing anywhere else.</summary>
internal sealed class TileServer : IAsyncDisposable
{
    // One white pixel.
    private static readonly byte[] Tile = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4////fwAJ+wP9KobjigAAAABJRU5ErkJggg==");

    private readonly WebApplication _app;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TileServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>Ends with the next tile that is fetched.</summary>
    public Task Asked => Volatile.Read(ref _next).Task;

    public static async Task<TileServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new TileServer(builder.Build());
        server._app.Use((context, next) =>
        {
            // The page is another origin, and is to ask every time.
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        server._app.MapGet("/vector.json", () => Style(new { type = "vector", tiles = new[] { server.Address + "/{z}/{x}/{y}.pbf" } }, new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = "tiles", ["type"] = "line", ["source"] = "tiles", ["source-layer"] = "roads" }));
        server._app.MapGet("/broken/{z:int}/{x:int}/{y:int}.png", () => Results.StatusCode(StatusCodes.Status500InternalServerError));
        server._app.MapGet("/{z:int}/{x:int}/{y:int}.png", () => server.Give(Tile, "image/png"));
        server._app.MapGet("/{z:int}/{x:int}/{y:int}.pbf", () => server.Give([], "application/x-protobuf"));
        await server._app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static IResult Style(object source, object layer) => Results.Json(new { version = 8, sources = new { tiles = source }, layers = new[] { layer } });

    private IResult Give(byte[] tile, string type)
    {
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return Results.Bytes(tile, type);
    }
}
