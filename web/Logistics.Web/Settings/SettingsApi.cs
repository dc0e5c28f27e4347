using System.Globalization;
using System.Text.Json;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Settings;

public enum TravelSource
{
    GreatCircle,
    Osrm,
}

/// <summary>What an administrator may change while the host runs.</summary>
/// <param name="TileStyleUrl">MapLibre style of a tile server; null = the map draws from our own data.</param>
/// <param name="DetourFactor">Driven metres per great-circle metre.</param>
/// <param name="PlanSeconds">Solving time of the scheduled planning wave.</param>
/// <param name="RetentionDays">Days after which names, phones and addresses of finished parcels are erased.</param>
public sealed record LiveSettings(string? TileStyleUrl, TravelSource Travel, string? OsrmUrl, double DetourFactor, int PlanSeconds, int RetentionDays)
{
    public static LiveSettings Default { get; } = new(null, TravelSource.GreatCircle, null, 1.35, 30, 180);

    public string? TileOrigin() => Uri.TryCreate(TileStyleUrl, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null;
}

/// <summary>Reads and writes the settings; the last read is kept for headers, which cannot wait. Thread-safe.</summary>
public sealed class SettingsBook(LogisticsStorage storage)
{
    private const string Name = "host.options";

    private volatile LiveSettings _last = LiveSettings.Default;

    /// <summary>As of the last read on this host.</summary>
    public LiveSettings Last => _last;

    public Task<LiveSettings> GetAsync(CancellationToken cancellationToken) => storage.ReadAsync(GetAsync, cancellationToken);

    public async Task<LiveSettings> GetAsync(Db db)
    {
        var text = await storage.Settings.FindAsync(db, Name);
        return _last = text is null ? LiveSettings.Default : JsonSerializer.Deserialize<LiveSettings>(text, WireJson.Options) ?? LiveSettings.Default;
    }

    public async Task SetAsync(Db db, LiveSettings options, Domain.Actor actor)
    {
        var before = await GetAsync(db);
        await storage.Settings.SetAsync(db, Name, JsonSerializer.Serialize(options, WireJson.Options));
        await storage.Audit.WriteAsync(db, actor, "settings.update", "settings", "host", before, options);
        _last = options;
    }
}

public static class SettingsApi
{
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var settings = app.MapGroup("/api/settings").WithTags("Settings");
        settings.MapGet("", async (SettingsBook book, CancellationToken cancellationToken) => TypedResults.Ok(await book.GetAsync(cancellationToken)))
            .RequireAuthorization(Policies.Read).WithSummary("Current settings.");
        settings.MapPut("", UpdateAsync).RequireAuthorization(Policies.Administer).WithSummary("Changes the settings; they hold at once.");
    }

    private static async Task<Results<Ok<LiveSettings>, ProblemHttpResult>> UpdateAsync(
        LiveSettings options, Caller caller, HttpContext context, LogisticsStorage storage, SettingsBook book, CancellationToken cancellationToken)
    {
        var problems = new List<FieldProblem>();
        CheckUrl("tileStyleUrl", options.TileStyleUrl, problems);
        CheckUrl("osrmUrl", options.OsrmUrl, problems);
        if (options.Travel == TravelSource.Osrm && string.IsNullOrWhiteSpace(options.OsrmUrl)) problems.Add(new FieldProblem("osrmUrl", null, "required", "osrmUrl is needed when travel is osrm, such as http://localhost:5000."));
        if (!double.IsFinite(options.DetourFactor) || options.DetourFactor is < 1 or > 3) problems.Add(Range("detourFactor", options.DetourFactor, "1 to 3"));
        if (options.PlanSeconds is < 1 or > 3600) problems.Add(Range("planSeconds", options.PlanSeconds, "1 to 3600"));
        if (options.RetentionDays is < 1 or > 3650) problems.Add(Range("retentionDays", options.RetentionDays, "1 to 3650"));
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        await storage.WriteAsync(db => book.SetAsync(db, options, caller.ToActor(null, context)), cancellationToken);
        return TypedResults.Ok(options);
    }

    private static void CheckUrl(string field, string? url, List<FieldProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(url)) return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) problems.Add(new FieldProblem(field, url, "format", $"{field} \"{url}\" must be an http or https address."));
    }

    private static FieldProblem Range(string field, double value, string range) =>
        new(field, value.ToString(CultureInfo.InvariantCulture), "range", string.Create(CultureInfo.InvariantCulture, $"{field} {value} must be {range}."));
}
