namespace Logistics.Web.Hosting;

/// <summary>Headers of every answer. The policy lets MapLibre run its worker from a blob and paint with inline styles, and nothing else from outside.</summary>
public static class SecurityHeaders
{
    /// <param name="mapOrigin">Origin of the tile or style server set by an administrator; asked per answer because it is a live setting.</param>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app, Func<HttpContext, ValueTask<string?>> mapOrigin) => app.Use((context, next) =>
    {
        context.Response.OnStarting(async () =>
        {
            var headers = context.Response.Headers;
            var outside = await mapOrigin(context) is { } origin ? " " + origin : "";
            if (headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy =
                    $"default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:{outside}; connect-src 'self'{outside}; "
                    + "worker-src 'self' blob:; child-src blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
            }
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            if (context.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
            if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && headers.CacheControl.Count == 0) headers.CacheControl = "no-store";
        });
        return next(context);
    });
}
