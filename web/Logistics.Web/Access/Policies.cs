using Logistics.Domain;
using Microsoft.AspNetCore.Authorization;

namespace Logistics.Web.Access;

/// <summary>Who may do what. Every endpoint names one of these; an endpoint that names none needs a signed-in account (the fallback).</summary>
/// <remarks>Partner accounts pass only <see cref="Orders"/> and <see cref="SignedIn"/>, couriers only <see cref="Deliver"/> and <see cref="SignedIn"/>; those endpoints limit what they return to the caller's own.</remarks>
public static class Policies
{
    /// <summary>Any account.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Reads the whole network: administrator, dispatcher, auditor.</summary>
    public const string Read = "read";

    /// <summary>Plans and steers the day: administrator, dispatcher.</summary>
    public const string Steer = "steer";

    /// <summary>Accounts, settings, schedule: administrator.</summary>
    public const string Administer = "administer";

    /// <summary>Reads the audit: administrator, auditor.</summary>
    public const string Audit = "audit";

    /// <summary>Reads orders: staff, and partners their own.</summary>
    public const string Orders = "orders";

    /// <summary>Sends and changes orders: administrator, dispatcher, and partners their own.</summary>
    public const string SendOrders = "send-orders";

    /// <summary>Reads one's own route: couriers.</summary>
    public const string Deliver = "deliver";

    public static void Add(AuthorizationBuilder authorization) => authorization
        .AddPolicy(SignedIn, p => p.RequireAuthenticatedUser())
        .AddPolicy(Read, For(Role.Administrator, Role.Dispatcher, Role.Auditor))
        .AddPolicy(Steer, For(Role.Administrator, Role.Dispatcher))
        .AddPolicy(Administer, For(Role.Administrator))
        .AddPolicy(Audit, For(Role.Administrator, Role.Auditor))
        .AddPolicy(Orders, For(Role.Administrator, Role.Dispatcher, Role.Auditor, Role.Partner))
        .AddPolicy(SendOrders, For(Role.Administrator, Role.Dispatcher, Role.Partner))
        .AddPolicy(Deliver, For(Role.Courier))
        .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

    private static Action<AuthorizationPolicyBuilder> For(params Role[] roles) => policy => policy.RequireRole(roles.Select(r => r.ToString()));
}
