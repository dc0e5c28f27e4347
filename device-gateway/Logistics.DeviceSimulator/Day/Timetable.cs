using System.Text.Json;

namespace Logistics.DeviceSimulator.Day;

/// <summary>A day as devices live it: which vehicle is where when, and which parcels it leaves there.</summary>
public sealed record Timetable(IReadOnlyList<TimetableRoute> Routes)
{
    /// <summary>The first departure.</summary>
    public DateTimeOffset Start => Routes.SelectMany(route => route.Stops).Min(stop => stop.Arrival);

    /// <summary>Terminals that are visited, in order of their identifiers.</summary>
    public IReadOnlyList<string> Terminals => [.. Routes.SelectMany(route => route.Stops).Select(stop => stop.TerminalId).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Every device that takes part.</summary>
    public IReadOnlyList<string> Devices => [.. Terminals.Concat(Routes.Select(route => route.VehicleId)).Concat(Routes.Select(route => route.CourierId).OfType<string>()).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads what <c>GET /api/plans/{id}</c> answers.</summary>
    /// <param name="names">Devices of the plan's terminals, vehicles and couriers.</param>
    /// <exception cref="FormatException">With the member that is missing.</exception>
    public static Timetable Read(string planJson, DeviceNames names)
    {
        using var document = JsonDocument.Parse(planJson);
        var routes = Member(document.RootElement, "routes").EnumerateArray().Select(route => ReadRoute(route, names)).Where(route => route.Stops.Count > 0).ToList();
        return routes.Count > 0 ? new Timetable(routes) : throw new FormatException("The plan has no routes.");
    }

    private static TimetableRoute ReadRoute(JsonElement route, DeviceNames names) => new(
        names.Find("vehicle", TextOf(route, "plate"), Member(route, "vehicleId").GetString()!),
        TextOf(route, "courierId") is { } courier ? names.Find("handheld", TextOf(route, "courier"), courier) : null,
        [.. Member(route, "stops").EnumerateArray().Select(stop => ReadStop(stop, names))]);

    private static TimetableStop ReadStop(JsonElement stop, DeviceNames names)
    {
        var at = Member(stop, "at");
        return new TimetableStop(
            TextOf(stop, "terminalId") is { } terminal ? names.Locker(terminal) : null,
            at[0].GetDouble(),
            at[1].GetDouble(),
            Member(stop, "arrival").GetDateTimeOffset(),
            Member(stop, "departure").GetDateTimeOffset(),
            [.. Member(stop, "parcelIds").EnumerateArray().Select(id => id.GetString()!)]);
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value : throw new FormatException($"The plan lacks \"{name}\"; expected the answer of GET /api/plans/{{id}}.");

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <param name="CourierId">Null when nobody is assigned.</param>
public sealed record TimetableRoute(string VehicleId, string? CourierId, IReadOnlyList<TimetableStop> Stops);

/// <param name="TerminalId">Null for a door, a depot, a break or a terminal without a device.</param>
/// <param name="ParcelIds">Left there.</param>
public sealed record TimetableStop(string? TerminalId, double Lon, double Lat, DateTimeOffset Arrival, DateTimeOffset Departure, IReadOnlyList<string> ParcelIds);
