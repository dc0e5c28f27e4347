using Microsoft.Extensions.FileProviders;

namespace Logistics.Web.Hosting;

/// <summary>Serves the built pages. Without them (Node missing when the host was built) one plain page says what to do, and the API works all the same.</summary>
public static class StaticUi
{
    private const string MissingPage = """
        <!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Logistics</title>
        <body style="font:16px/1.6 system-ui;max-width:40em;margin:4em auto;padding:0 1em">
        <h1>界面尚未构建 · The pages are not built</h1>
        <p>服务已启动，API 可用；但构建时没有找到 Node.js 20 或更高版本。</p>
        <p>The host and its API are running, but the pages were not built: Node.js 20 or newer was missing (or npm could not fetch the packages).</p>
        <p>Install Node.js 20+ from your system's packages, then run <code>dotnet run --project web/Logistics.Web</code> again.</p>
        </body></html>
        """;

    /// <summary>Files first; then every address that is no file and no endpoint is the page itself, whose router reads it.</summary>
    public static WebApplication UseStaticUi(this WebApplication app)
    {
        var root = FindRoot(app.Environment);
        var files = root is null ? null : new PhysicalFileProvider(root);
        if (files is not null)
        {
            app.UseStaticFiles(new StaticFileOptions
            {
                FileProvider = files,
                // Vite names what it bundles by content, so those files never change.
                OnPrepareResponse = context => context.Context.Response.Headers.CacheControl =
                    context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache",
            });
        }
        app.MapFallback(context => AnswerAsync(context, files)).AllowAnonymous();
        return app;
    }

    private static async Task AnswerAsync(HttpContext context, PhysicalFileProvider? files)
    {
        var path = context.Request.Path;
        var isPage = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!isPage || path.StartsWithSegments("/api", StringComparison.Ordinal) || Path.HasExtension(path))
        {
            await ApiProblems.Create(StatusCodes.Status404NotFound, "Not found.", $"There is no {context.Request.Method} {path}; see /openapi/v1.json.").ExecuteAsync(context);
            return;
        }
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        if (files is null) await context.Response.WriteAsync(MissingPage, context.RequestAborted);
        else await context.Response.SendFileAsync(files.GetFileInfo("index.html"), context.RequestAborted);
    }

    private static string? FindRoot(IWebHostEnvironment environment) =>
        new[] { Path.Combine(AppContext.BaseDirectory, "wwwroot"), Path.Combine(environment.ContentRootPath, "wwwroot") }
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "index.html")));
}
