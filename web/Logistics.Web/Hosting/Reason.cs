using System.Text.Json;

namespace Logistics.Web.Hosting;

/// <summary>The optional body of a change that says why; kept in the audit.</summary>
/// <remarks>
/// Read by hand: a declared body makes routing demand a content type, and a DELETE or POST without a body would miss its endpoint.
/// </remarks>
public sealed record ReasonBody(string? Reason)
{
    public static async ValueTask<ReasonBody?> BindAsync(HttpContext context)
    {
        var hasBody = context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0;
        return hasBody ? await JsonSerializer.DeserializeAsync<ReasonBody>(context.Request.Body, WireJson.Options, context.RequestAborted) : null;
    }
}
