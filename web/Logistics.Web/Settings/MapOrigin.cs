using Logistics.Storage;

namespace Logistics.Web.Settings;

/// <summary>Where a page and its map worker may fetch from besides this host: the tile or style server an administrator has set.</summary>
public static class MapOrigin
{
    /// <summary>Null when the map draws from our own data.</summary>
    /// <remarks>A document and a worker keep the policy they were sent with, so for them the setting is read anew: this host may not have read it yet, or another host may have changed it.</remarks>
    public static async ValueTask<string?> OfAsync(HttpContext context)
    {
        var book = context.RequestServices.GetRequiredService<SettingsBook>();
        if (!KeepsItsPolicy(context)) return book.Last.TileOrigin();
        try
        {
            return (await book.GetAsync(context.RequestAborted)).TileOrigin();
        }
        catch (Exception fault) when (fault is StorageException or OperationCanceledException)
        {
            // The page is sent all the same; what it asks for next says what is wrong with the database.
            return book.Last.TileOrigin();
        }
    }

    // The page's own scripts run under the page's policy; only the map's worker is asked for with the server's name behind it.
    private static bool KeepsItsPolicy(HttpContext context) =>
        context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true
        || (context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) && context.Request.QueryString.HasValue);
}
