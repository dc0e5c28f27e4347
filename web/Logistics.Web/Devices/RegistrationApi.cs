using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Devices;

/// <summary>What a device is and belongs to.</summary>
/// <param name="Kind">Fixed once the device is registered: its topics carry it.</param>
/// <param name="TerminalId">For a locker.</param>
/// <param name="VehicleId">For a vehicle's terminal.</param>
/// <param name="CourierId">For a handheld.</param>
public sealed record DeviceDraft(DeviceKind? Kind, string? Name, string? TerminalId, string? VehicleId, string? CourierId, string? Reason);

/// <summary>Makes devices known. For administrators; audited.</summary>
public static class RegistrationApi
{
    private const int MostName = 100;

    public static void MapRegistration(this IEndpointRouteBuilder app) => app.MapPut("/api/devices/{device}", SaveAsync).WithTags("Devices")
        .RequireAuthorization(Policies.Administer).WithSummary("Registers a device, or changes its name and what it belongs to. Holds at once.");

    private static async Task<Results<Ok<DeviceRow>, Created<DeviceRow>, ProblemHttpResult>> SaveAsync(
        string device, DeviceDraft draft, Caller caller, HttpContext context, LogisticsStorage storage, NetworkCache network, DeviceRegister register, DeviceViews views, DirectoryLoader directory, TimeProvider time, CancellationToken cancel)
    {
        var (isNew, problems) = await storage.WriteAsync(
            async db =>
            {
                var known = await register.GetAsync(db);
                var stored = known.Find(device);
                var found = Check(device, draft, stored, known, await network.GetAsync(db));
                if (found.Count == 0) await register.SaveAsync(db, Of(device, draft, stored, time.GetUtcNow()), caller.ToActor(draft.Reason, context));
                return (stored is null, found);
            },
            cancel);
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        await directory.RefreshAsync(cancel);
        var row = (await storage.ReadAsync(db => views.FindRowAsync(db, device), cancel))!;
        return isNew ? TypedResults.Created($"/api/devices/{device}/twin", row) : TypedResults.Ok(row);
    }

    private static RegisteredDevice Of(string device, DeviceDraft draft, RegisteredDevice? stored, DateTimeOffset now) => new(device, draft.Kind!.Value, draft.Name!.Trim())
    {
        TerminalId = draft.TerminalId,
        VehicleId = draft.VehicleId,
        CourierId = draft.CourierId,
        RegisteredAt = stored?.RegisteredAt ?? now,
    };

    private static List<FieldProblem> Check(string device, DeviceDraft draft, RegisteredDevice? stored, RegisteredDevices known, NetworkSnapshot network)
    {
        var problems = new List<FieldProblem>();
        if (!RegisteredDevice.IsIdentifier(device)) Add("device", device, "format", $"device \"{device}\" must be 1 to {RegisteredDevice.MaximumLength} letters, digits, -, _ or .");
        if (draft.Kind is null) Add("kind", null, "required", "kind is needed: locker, handheld or vehicle.");
        else if (stored is not null && stored.Kind != draft.Kind) Add("kind", $"{draft.Kind}", "fixed", $"kind of \"{device}\" is {stored.Kind} and cannot change: its topics carry it.");
        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > MostName) Add("name", draft.Name, "length", $"name must have 1 to {MostName} characters.");
        if (string.IsNullOrWhiteSpace(draft.Reason)) Add("reason", draft.Reason, "required", "A reason is needed.");
        Belongs("terminalId", draft.TerminalId, DeviceKind.Locker, network.FindTerminal(draft.TerminalId) is { Kind: TerminalKind.Locker } terminal && terminal.Id == draft.TerminalId, "a locker of the network", d => d.TerminalId);
        Belongs("vehicleId", draft.VehicleId, DeviceKind.Vehicle, network.FindVehicle(draft.VehicleId) is { } vehicle && vehicle.Id == draft.VehicleId, "a vehicle of the network", d => d.VehicleId);
        Belongs("courierId", draft.CourierId, DeviceKind.Handheld, network.FindCourier(draft.CourierId) is { } courier && courier.Id == draft.CourierId, "a courier of the network", d => d.CourierId);
        return problems;

        void Belongs(string field, string? id, DeviceKind kind, bool exists, string expected, Func<RegisteredDevice, string?> owned)
        {
            if (id is null) return;
            if (draft.Kind is { } given && given != kind) Add(field, id, "kind", $"{field} is for a {kind} only.");
            else if (!exists) Add(field, id, "unknown", $"{field} \"{id}\" must be {expected}.");
            else if (known.Devices.Find(d => owned(d) == id && d.Device != device) is { } other) Add(field, id, "taken", $"{field} \"{id}\" already belongs to the device \"{other.Device}\".");
        }

        void Add(string field, string? value, string rule, string message) => problems.Add(new FieldProblem(field, value, rule, message));
    }
}
