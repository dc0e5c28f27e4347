using System.Globalization;
using Logistics.Routing.Checking;
using Logistics.Routing.Replanning;

namespace Logistics.Planning.Days;

/// <summary>A rule that is broken or lifted, in the day's terms but without words, so that a page can say it in its own language.</summary>
/// <param name="Rule">The checker's or the repair's name of the rule, such as Window or ShiftEnd.</param>
/// <param name="Plate">Null when it concerns no single vehicle.</param>
/// <param name="Subject">The waybill, or the terminal whose compartments or quota run out; null when it concerns a route.</param>
/// <param name="Value">What was found: a clock reading, "412 km", "1,250 kg", a count; null when the rule compares nothing.</param>
/// <param name="Limit">What is allowed, written likewise.</param>
public sealed record BrokenRule(string Rule, string? Plate, string? Subject, string? Value, string? Limit)
{
    public static BrokenRule Of(DayModel model, Violation violation) => new(
        violation.Kind.ToString(),
        PlateOf(model, violation.Vehicle),
        violation.Job >= 0 ? model.Parcels[violation.Job].Waybill : violation.Kind == ViolationKind.Resource && violation.Item >= 0 ? OwnerOf(model, model.Problem.Resources[violation.Item].Id) : null,
        violation.Compared is { } found ? Measure(model, violation, found.Value) : null,
        violation.Compared is { } allowed ? Measure(model, violation, allowed.Limit) : null);

    public static BrokenRule Of(DayModel model, Relief relief) => new(
        relief.Kind.ToString(),
        PlateOf(model, relief.Vehicle),
        relief.Job >= 0 ? model.Parcels[relief.Job].Waybill : null,
        null,
        relief.Value is not { } value ? null : relief.Kind switch
        {
            ReliefKind.ShiftEnd => Clock(model, value),
            ReliefKind.Duration => Span(value),
            ReliefKind.Distance => Kilometres(value),
            _ => Number(value),
        });

    private static string? PlateOf(DayModel model, int vehicle) => vehicle >= 0 ? model.Vehicles[vehicle].Vehicle.Plate : null;

    // A resource is named by its kind and the place it belongs to: compartments:ter_…, quota:ter_…:par_…, docks:hub_….
    private static string? OwnerOf(DayModel model, string resource) => resource.Split(':') is [_, var owner, ..]
        ? model.Input.Network.FindTerminal(owner)?.Name ?? model.Input.Network.FindHub(owner)?.Name
        : null;

    private static string Measure(DayModel model, Violation violation, long value) => violation.Kind switch
    {
        ViolationKind.Window or ViolationKind.Shift or ViolationKind.Release => Clock(model, value),
        ViolationKind.MaxDuration or ViolationKind.MaxTravel => Span(value),
        ViolationKind.MaxDistance => Kilometres(value),
        ViolationKind.Capacity when violation.Item == 0 => string.Create(CultureInfo.InvariantCulture, $"{value / 1000.0:#,0.#} kg"),
        ViolationKind.Capacity when violation.Item == 1 => string.Create(CultureInfo.InvariantCulture, $"{value / 1000.0:#,0.#} L"),
        _ => Number(value),
    };

    private static string Clock(DayModel model, long seconds) =>
        TimeZoneInfo.ConvertTime(model.Clock.InstantOf((int)seconds), model.Input.Network.Area.Zone()).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Span(long seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds % 3600 / 60:00} min");

    private static string Kilometres(long metres) => string.Create(CultureInfo.InvariantCulture, $"{metres / 1000.0:#,0.#} km");

    private static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
