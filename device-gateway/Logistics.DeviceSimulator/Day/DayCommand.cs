using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using Logistics.DeviceGateway.Broker;
using Logistics.Domain.Devices;
using Logistics.Storage.Devices;

namespace Logistics.DeviceSimulator.Day;

/// <summary><c>logistics-sim day</c>: devices live a day, well or badly behaved, and the log is checked against what they were told.</summary>
internal static class DayCommand
{
    private readonly record struct Place(string? Plan, string? Devices, string? Token, string Data, string? Postgres, bool IsClaiming, int Commands);

    public static Command Create()
    {
        var broker = new Option<string>("--gateway") { DefaultValueFactory = _ => "mqtt://127.0.0.1:1883", Description = "mqtt:// or mqtts:// address of the gateway." };
        var plan = new Option<string?>("--plan") { Description = "File or http(s) address of a plan as GET /api/plans/{id} answers it; without one a day is made up." };
        var devices = new Option<string?>("--devices") { Description = "File or address of GET /api/devices: which device stands for a terminal, vehicle or courier of the plan." };
        var token = new Option<string?>("--token") { Description = "API token for an address." };
        var data = new Option<string>("--data") { DefaultValueFactory = _ => "data", Description = "Folder of the gateway's log, to check against." };
        var postgres = new Option<string?>("--postgres") { Description = "Connection string of the log, if it is in PostgreSQL." };
        var lockers = new Option<int>("--lockers") { DefaultValueFactory = _ => 50, Description = "Lockers of a made-up day." };
        var handhelds = new Option<int>("--handhelds") { DefaultValueFactory = _ => 10, Description = "Handhelds of a made-up day." };
        var vehicles = new Option<int>("--vehicles") { DefaultValueFactory = _ => 10, Description = "Vehicles of a made-up day." };
        var speed = new Option<double>("--speed") { DefaultValueFactory = _ => 60, Description = "Minutes of the day in a real minute; 1 for real time." };
        var minutes = new Option<double>("--minutes") { DefaultValueFactory = _ => 24 * 60, Description = "How much of the day, in its own minutes." };
        var compartments = new Option<int>("--compartments") { DefaultValueFactory = _ => 40, Description = "Compartments of each locker, labelled 001, 002, …" };
        var misbehave = new Option<string>("--misbehave") { DefaultValueFactory = _ => "", Description = "NAME=PROBABILITY,…: duplicates, reordering, drops, clock, full, stuck, power, all." };
        var password = new Option<string?>("--password") { Description = "Password of every device; none for an open gateway." };
        var claim = new Option<bool>("--claim") { Description = "Gives every device of the plan a credential by claim code; --devices must be an address, --token an administrator's." };
        var commands = new Option<int>("--commands") { Description = "How many commands a dispatcher gives to lockers meanwhile; --devices must be an address." };
        var boot = new Option<long>("--boot") { DefaultValueFactory = _ => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), Description = "First boot epoch of the devices." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Of everything random." };
        var command = new Command("day", "Lives a day with lockers, handhelds and vehicles, and checks that the log holds what they were told.")
        {
            broker, plan, devices, token, data, postgres, lockers, handhelds, vehicles, speed, minutes, compartments, misbehave, password, claim, commands, boot, seed,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var endpoint = MqttEndpoint.TryParse(parsed.GetValue(broker)!, out var error) ?? throw new FormatException(error);
                var secret = parsed.GetValue(password);
                var options = new DayOptions(
                    endpoint, Misbehaviour.Parse(parsed.GetValue(misbehave)!), parsed.GetValue(seed), parsed.GetValue(boot), parsed.GetValue(speed), TimeSpan.FromMinutes(parsed.GetValue(minutes)))
                {
                    CompartmentsOf = DayOptions.Numbered(parsed.GetValue(compartments)),
                    PasswordOf = _ => secret,
                };
                var place = new Place(
                    parsed.GetValue(plan), parsed.GetValue(devices), parsed.GetValue(token), parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(claim), parsed.GetValue(commands));
                const int stopsPerRoute = 12;
                var timetable = place.Plan is null
                    ? TimetableMaker.Make(parsed.GetValue(lockers), parsed.GetValue(vehicles), parsed.GetValue(handhelds), stopsPerRoute, options.Seed)
                    : Timetable.Read(
                        await ReadTextAsync(place.Plan, place.Token, cancellationToken).ConfigureAwait(false),
                        place.Devices is null ? DeviceNames.None : DeviceNames.Read(await ReadTextAsync(place.Devices, place.Token, cancellationToken).ConfigureAwait(false)));
                return await RunAsync(timetable, options, place, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is FormatException or IOException or MqttRefusedException or HttpRequestException or DeviceStoreException)
            {
                await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
                return 2;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(Timetable timetable, DayOptions options, Place place, CancellationToken cancellationToken)
    {
        using IDeviceStore store = place.Postgres is { } connection ? new PostgresDeviceStore(connection) : new SqliteDeviceStore(Path.Combine(place.Data, "device-log.db"));
        DayReport report;
        if (IsAddress(place.Devices, out var address))
        {
            using var host = new HostApi(address, place.Token);
            var prepared = await HostDay.PrepareAsync(host, timetable, options, place.IsClaiming, cancellationToken).ConfigureAwait(false);
            report = await DayRun.RunAsync(timetable, prepared, store, HostDay.CreateGiver(host, timetable, prepared, place.Commands), cancellationToken).ConfigureAwait(false);
        }
        else if (place.IsClaiming || place.Commands > 0)
        {
            throw new FormatException("--claim and --commands need --devices with the address of a host, such as http://host:5080/api/devices.");
        }
        else
        {
            report = await DayRun.RunAsync(timetable, options, store, null, cancellationToken).ConfigureAwait(false);
        }

        await Console.Out.WriteLineAsync(
            $"{report.Acknowledged} events acknowledged, {report.Stored} stored ({report.Quarantined} in quarantine), {report.Commands} commands received, {report.Faults.Count} faults").ConfigureAwait(false);
        foreach (var fault in report.Faults.Take(20))
        {
            await Console.Out.WriteLineAsync(fault).ConfigureAwait(false);
        }

        return report.Faults.Count == 0 ? 0 : 1;
    }

    private static async Task<string> ReadTextAsync(string place, string? token, CancellationToken cancellationToken)
    {
        if (!IsAddress(place, out var address))
        {
            return await File.ReadAllTextAsync(place, cancellationToken).ConfigureAwait(false);
        }

        using var http = new HttpClient();
        if (token is not null)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await http.GetStringAsync(address, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsAddress(string? place, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(place, UriKind.Absolute, out address) && address.Scheme is "http" or "https";
}
