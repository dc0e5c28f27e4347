using System.Text.Json;
using Logistics.DeviceGateway.Alarms;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;

namespace Logistics.Web.Devices;

/// <summary>What an administrator may set about devices.</summary>
/// <param name="CompanyPrefixes">GS1 company prefixes whose tags are this network's; empty = every valid tag is believed.</param>
public sealed record DeviceSettings(int OfflineSeconds, int DoorOpenSeconds, double LowBattery, double NearFull, IReadOnlyList<string> CompanyPrefixes)
{
    public static DeviceSettings Default { get; } = Of(AlarmSettings.Default, []);

    public AlarmSettings Alarms() => new(OfflineSeconds, DoorOpenSeconds, LowBattery, NearFull);

    public IReadOnlyList<FieldProblem> Check()
    {
        var problems = Alarms().Check().Select(f => new FieldProblem(f.Field, f.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), "range", FormattableString.Invariant($"{f.Field} {f.Value} must be {f.Expected}."))).ToList();
        problems.AddRange(CompanyPrefixes.Where(p => p.Length is < 6 or > 12 || !p.All(char.IsAsciiDigit)).Select(p => new FieldProblem("companyPrefixes", p, "format", $"companyPrefixes \"{p}\" must be a GS1 company prefix of 6 to 12 digits.")));
        return problems;
    }

    private static DeviceSettings Of(AlarmSettings a, IReadOnlyList<string> prefixes) => new(a.OfflineSeconds, a.DoorOpenSeconds, a.LowBattery, a.NearFull, prefixes);
}

/// <summary>Reads and writes the settings, and puts the thresholds into force. Thread-safe.</summary>
public sealed class DeviceSettingsBook(LogisticsStorage storage, AlarmSettingsBook alarms)
{
    private const string Name = "device.settings";

    /// <summary>Also puts what is stored into force: another host may have changed it.</summary>
    public async Task<DeviceSettings> GetAsync(Db db)
    {
        var text = await storage.Settings.FindAsync(db, Name);
        var settings = text is null ? DeviceSettings.Default : JsonSerializer.Deserialize<DeviceSettings>(text, WireJson.Options) ?? DeviceSettings.Default;
        alarms.Current = settings.Alarms();
        return settings;
    }

    public async Task SetAsync(Db db, DeviceSettings settings, Actor actor)
    {
        var before = await GetAsync(db);
        await storage.Settings.SetAsync(db, Name, JsonSerializer.Serialize(settings, WireJson.Options));
        await storage.Audit.WriteAsync(db, actor, "deviceSettings.update", "settings", "device", before, settings);
    }
}
