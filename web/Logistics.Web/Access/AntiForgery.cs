using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Logistics.Web.Hosting;

namespace Logistics.Web.Access;

/// <summary>Unsafe requests by cookie must repeat a secret that only our page can read.</summary>
/// <remarks>
/// The secret lives in the encrypted session cookie and is handed out by GET /api/session (synchroniser token, OWASP). Requests by API token carry no
/// ambient authority and need none. Sign-in itself is guarded by demanding JSON, which another site cannot send without a CORS preflight we never answer.
/// </remarks>
public static class AntiForgery
{
    public const string Header = "X-CSRF-TOKEN";

    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static IApplicationBuilder UseAntiForgery(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (!IsSafe(context.Request.Method) && context.User.FindFirstValue(Caller.CsrfClaim) is { } secret)
        {
            var sent = context.Request.Headers[Header].ToString();
            if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(secret)))
            {
                await ApiProblems.Forbidden($"The header {Header} is missing or belongs to another session. Maybe reload the page: GET /api/session returns the current csrfToken.").ExecuteAsync(context);
                return;
            }
        }
        await next(context);
    });

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
