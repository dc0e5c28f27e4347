using System.Text.Json;
using Logistics.Mqtt.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Logistics.DeviceGateway.Identity;

/// <summary>Claiming over HTTP: <c>POST {"device": …, "code": …}</c> answers the credential once.</summary>
public static class ClaimEndpoint
{
    private const int MaximumBody = 1024;

    /// <summary>Maps the endpoint. It is for devices: it asks for no account and says nothing but yes, no or later.</summary>
    public static IEndpointConventionBuilder MapDeviceClaim(this IEndpointRouteBuilder endpoints, string path = "/device/claim") =>
        endpoints.MapPost(path, (RequestDelegate)HandleAsync);

    private static async Task HandleAsync(HttpContext context)
    {
        if (await ReadAsync(context).ConfigureAwait(false) is not ({ Length: > 0 } device, { Length: > 0 } code))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("Expected {\"device\": text, \"code\": text}.", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        var provisioning = (DeviceProvisioning)context.RequestServices.GetService(typeof(DeviceProvisioning))!;
        var outcome = await provisioning.ClaimAsync(device, code, context.Connection.RemoteIpAddress?.ToString() ?? "local", context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        if (outcome.Issued is not { } issued)
        {
            context.Response.StatusCode = outcome.Reason == ReasonCode.ConnectionRateExceeded ? StatusCodes.Status429TooManyRequests : StatusCodes.Status403Forbidden;
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(CredentialMessage.Write(issued), context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<(string? Device, string? Code)> ReadAsync(HttpContext context)
    {
        // Without a declared length the limit holds while reading.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaximumBody;
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted).ConfigureAwait(false);
            return (TextOf(document.RootElement, "device"), TextOf(document.RootElement, "code"));
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            return default;
        }
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
