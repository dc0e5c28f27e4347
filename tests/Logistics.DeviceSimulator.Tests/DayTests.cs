using Logistics.DeviceSimulator.Day;

namespace Logistics.DeviceSimulator.Tests;

public sealed class DayTests
{
    [Fact]
    public void Same_seed_writes_the_same_day()
    {
        Assert.Equal(Describe(7), Describe(7));
        Assert.NotEqual(Describe(7), Describe(8));
    }

    [Fact]
    public void Deposit_is_told_by_the_handheld_and_the_locker()
    {
        var at = new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
        var stop = new TimetableStop("ter_1", 116.4, 39.9, at, at.AddMinutes(5), ["par_1"]);
        var scripts = new ScriptWriter(new Timetable([new TimetableRoute("veh_1", "cou_1", [stop])]), Misbehaviour.None, DayOptions.Numbered(2), 1).Write(at.AddHours(1));
        Assert.Equal(["cou_1: hello scan task", "ter_1: hello snapshot door occupancy door", "veh_1: hello"], scripts.Select(script => $"{script.Device}: {string.Join(' ', script.Steps.Select(step => step.Message))}"));
    }

    [Fact]
    public void Full_locker_fails_the_task_and_raises_a_fault()
    {
        var at = new DateTimeOffset(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);
        var stop = new TimetableStop("ter_1", 116.4, 39.9, at, at.AddMinutes(5), ["par_1", "par_2"]);
        var scripts = new ScriptWriter(new Timetable([new TimetableRoute("veh_1", "cou_1", [stop])]), Misbehaviour.None, DayOptions.Numbered(1), seed: 1).Write(at.AddHours(1));
        Assert.Contains(scripts[0].Steps, step => step.Message == "task" && step.Members.Contains("locker full", StringComparison.Ordinal));
        Assert.Contains(scripts[1].Steps, step => step.Message == "fault");
    }

    [Fact]
    public void Plan_is_read_as_the_host_answers_it()
    {
        const string plan = """
            {"summary":{},"routes":[{"routeNo":1,"vehicleId":"veh_1","courierId":null,"stops":[
              {"stopNo":0,"terminalId":"ter_1","at":[116.4,39.9],"arrival":"2026-06-01T08:00:00Z","departure":"2026-06-01T08:05:00Z","parcelIds":["par_1"]}]}]}
            """;
        var route = Assert.Single(Timetable.Read(plan, DeviceNames.None).Routes);
        Assert.Equal(("veh_1", null, "ter_1", 116.4, "par_1"), (route.VehicleId, route.CourierId, route.Stops[0].TerminalId, route.Stops[0].Lon, route.Stops[0].ParcelIds[0]));
    }

    [Fact]
    public void Devices_stand_for_the_plans_things_by_terminal_plate_and_name()
    {
        const string plan = """
            {"routes":[{"vehicleId":"veh_1","plate":"京A1","courierId":"cou_1","courier":"王","stops":[
              {"terminalId":"ter_1","at":[116.4,39.9],"arrival":"2026-06-01T08:00:00Z","departure":"2026-06-01T08:05:00Z","parcelIds":[]}]}]}
            """;
        const string devices = """
            [{"id":"locker-1","kind":"locker","name":"柜","terminalId":"ter_1"},{"id":"vehicle-001","kind":"vehicle","name":"京A1","terminalId":null},
             {"id":"handheld-1","kind":"handheld","name":"王","terminalId":null}]
            """;
        var route = Assert.Single(Timetable.Read(plan, DeviceNames.Read(devices)).Routes);
        Assert.Equal(("vehicle-001", "handheld-1", "locker-1"), (route.VehicleId, route.CourierId, route.Stops[0].TerminalId));
    }

    [Theory]
    [InlineData("""{"routes":[]}""", "The plan has no routes.")]
    [InlineData("{}", "The plan lacks \"routes\"; expected the answer of GET /api/plans/{id}.")]
    public void Other_json_is_refused_by_name(string json, string message) => Assert.Equal(message, Assert.Throws<FormatException>(() => Timetable.Read(json, DeviceNames.None)).Message);

    [Fact]
    public void Misbehaviour_is_read_and_faults_are_named()
    {
        Assert.Equal(new Misbehaviour { Duplicates = 0.5, StuckDoors = 1 }, Misbehaviour.Parse("duplicates=0.5, stuck=1"));
        Assert.Contains("\"drops=2\"", Assert.Throws<FormatException>(() => Misbehaviour.Parse("drops=2")).Message, StringComparison.Ordinal);
        Assert.Contains("\"jokes\"", Assert.Throws<FormatException>(() => Misbehaviour.Parse("jokes=0.1")).Message, StringComparison.Ordinal);
    }

    private static string Describe(int seed)
    {
        var timetable = TimetableMaker.Make(10, 3, 2, 4, seed);
        var scripts = new ScriptWriter(timetable, Misbehaviour.Parse("all=0.1"), DayOptions.Numbered(3), seed).Write(timetable.Start.AddHours(2));
        return string.Join('\n', scripts.SelectMany(script => script.Steps.Select(step => $"{script.Device} {step.At:O} {step.Message} {step.Members}")));
    }
}
