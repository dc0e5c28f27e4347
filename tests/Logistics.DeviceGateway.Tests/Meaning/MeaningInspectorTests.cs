using System.Text;
using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Wire;
using static Logistics.DeviceGateway.Tests.Meaning.Inspection;

namespace Logistics.DeviceGateway.Tests.Meaning;

public sealed class MeaningInspectorTests
{
    [Theory]
    [InlineData("hello", "")]
    [InlineData("heartbeat", "\"battery\":0,\"power\":null,\"temperature\":-60,\"more\":{\"battery\":[7]}")]
    [InlineData("snapshot", "\"compartments\":[]")]
    [InlineData("snapshot", "\"compartments\":[{\"compartment\":\"S01\",\"door\":\"open\"},{\"compartment\":\"S02\",\"door\":\"unknown\",\"occupied\":null,\"x\":[1,{}]}]")]
    [InlineData("door", "\"compartment\":\"S01\",\"state\":\"closed\",\"cause\":\"manual\"")]
    [InlineData("door", "\"compartment\":\"\\u0053\\u00301\",\"state\":\"o\\u0070en\"")]
    [InlineData("occupancy", "\"compartment\":\"L01\",\"state\":\"empty\"")]
    [InlineData("fault", "\"code\":\"bloq_full\"")]
    [InlineData("tamper", "")]
    [InlineData("scan", "\"code\":\"3174257BF4499602D2000000\",\"purpose\":\"load\"")]
    [InlineData("scan", "\"code\":\"运单-1\",\"purpose\":\"return\"")]
    [InlineData("position", "\"lon\":-180,\"lat\":90")]
    [InlineData("position", "\"nmea\":\"$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\"")]
    public void Good_message_is_accepted_with_its_identity(string message, string members)
    {
        var found = Assert.Single(Inspect(message, Json(members)));
        Assert.Equal((null, 1L, 2L, NowUnixMs), (found.QuarantineReason, found.Boot, found.Sequence, found.AtUnixMs));
    }

    [Theory]
    [InlineData("heartbeat", "\"battery\":1.01", "battery is 1.01; expected 0 to 1")]
    [InlineData("heartbeat", "\"battery\":\"0.5\"", "battery is \"0.5\"; expected a number")]
    [InlineData("heartbeat", "\"battery\":1e999", "battery is 1e999; expected a number")]
    [InlineData("heartbeat", "\"battery\":0.5,\"battery\":0.6", "battery is there twice")]
    [InlineData("heartbeat", "\"power\":\"solar\"", "power is \"solar\"; expected mains, battery or off")]
    [InlineData("heartbeat", "\"firmware\":\"\"", "firmware has 0 bytes; expected 1 to 64")]
    [InlineData("heartbeat", "\"firmware\":{\"a\":1}", "firmware is an object; expected text")]
    [InlineData("heartbeat", "\"b\\u0061ttery\":0.5", "names of members must be written without escapes")]
    [InlineData("door", "\"state\":\"open\"", "compartment is missing")]
    [InlineData("door", "\"compartment\":\"S01\"", "state is missing; expected open or closed")]
    [InlineData("door", "\"compartment\":\"S01\",\"state\":\"unknown\"", "state is \"unknown\"; expected open or closed")]
    [InlineData("door", "\"compartment\":\"S09\",\"state\":\"open\"", "unknown compartment \"S09\"")]
    [InlineData("door", "\"compartment\":\"S 1\",\"state\":\"open\"", "compartment \"S 1\": expected letters, digits, - or _")]
    [InlineData("occupancy", "\"compartment\":\"S01\",\"state\":\"full\"", "state is \"full\"; expected occupied or empty")]
    [InlineData("snapshot", "", "compartments is missing")]
    [InlineData("snapshot", "\"compartments\":{}", "compartments must be one list")]
    [InlineData("snapshot", "\"compartments\":[],\"compartments\":[]", "compartments must be one list")]
    [InlineData("snapshot", "\"compartments\":[7]", "compartments must be a list of objects")]
    [InlineData("snapshot", "\"compartments\":[{\"compartment\":\"S01\",\"door\":\"open\"},{\"compartment\":\"S01\",\"door\":\"open\"}]", "compartments[1] \"S01\": it is listed twice")]
    [InlineData("snapshot", "\"compartments\":[{\"compartment\":\"X99\",\"door\":\"open\"}]", "compartments[0] \"X99\": unknown compartment \"X99\"")]
    [InlineData("snapshot", "\"compartments\":[{\"compartment\":\"S01\",\"door\":\"ajar\"}]", "compartments[0] \"S01\": door is \"ajar\"; expected open, closed or unknown")]
    [InlineData("snapshot", "\"compartments\":[{\"compartment\":\"S01\",\"door\":\"open\",\"occupied\":1}]", "compartments[0] \"S01\": occupied is 1; expected true, false or null")]
    [InlineData("scan", "\"code\":\"3174257BF4499602D2000000\"", "purpose is missing; expected load, deposit, return or inventory")]
    [InlineData("scan", "\"code\":\"E28011700000020A3F1B2C44\",\"purpose\":\"load\"", "foreign EPC E28011700000020A3F1B2C44: the EPC header is none of SGTIN-96, SSCC-96, GRAI-96, GIAI-96")]
    [InlineData("scan", "\"code\":\"3174257BF8499602D2000000\",\"purpose\":\"load\"", "foreign EPC urn:epc:tag:sscc-96:3.0614142.1234567890: its company prefix is none of this network")]
    [InlineData("inventory", "\"epcs\":[\"3174257BF4499602D2000000\",\"31\"]", "epcs[1]: an EPC has 24 hex digits")]
    [InlineData("inventory", "\"epcs\":[[\"3174257BF4499602D2000000\"]]", "epcs[0]: expected 24 hex digits")]
    [InlineData("position", "\"lon\":181,\"lat\":0", "lon is 181; expected -180 to 180")]
    [InlineData("position", "\"lon\":121.5", "lat is missing")]
    [InlineData("position", "\"lon\":0,\"lat\":0", "lon 0, lat 0 is where receivers without a fix say they are")]
    [InlineData("position", "\"lon\":1,\"lat\":1,\"speed\":400", "speed is 400; expected 0 to 120")]
    [InlineData("position", "\"nmea\":\"$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6B\"", "nmea: the NMEA checksum is wrong")]
    [InlineData("command-result", "\"command\":\"cmd_1\",\"outcome\":\"ok\"", "outcome is \"ok\"; expected done, refused, failed, expired or duplicate")]
    public void Message_that_cannot_be_believed_is_quarantined_with_the_reason(string message, string members, string reason)
    {
        var found = Assert.Single(Inspect(message, Json(members)));
        // Its identity is kept: the same event sent again is absorbed.
        Assert.Equal((reason, 1L, 2L), (found.QuarantineReason, found.Boot, found.Sequence));
    }

    [Theory]
    [InlineData(DeviceKind.Vehicle, "door", "a vehicle has no message \"door\"")]
    [InlineData(DeviceKind.Locker, "task", "a locker has no message \"task\"")]
    [InlineData(DeviceKind.Locker, "doors", "a locker has no message \"doors\"")]
    public void Message_of_another_kind_of_device_is_quarantined(DeviceKind kind, string message, string reason) =>
        Assert.Equal(reason, Assert.Single(Inspect(message, Json(""), kind)).QuarantineReason);

    [Theory]
    [InlineData("""{"seq":1,"at":1}""", "boot is missing")]
    [InlineData("""{"boot":1,"at":1}""", "seq is missing")]
    [InlineData("""{"boot":1,"seq":1}""", "at is missing")]
    [InlineData("""{"boot":1.5,"seq":1,"at":1}""", "boot is 1.5; expected a whole number of 0 or more")]
    [InlineData("""{"boot":1,"seq":99999999999999999999,"at":1}""", "seq is 99999999999999999999; expected a whole number of 0 or more")]
    public void Envelope_is_required(string payload, string reason) => Assert.Equal(reason, Assert.Single(Inspect("hello", payload)).QuarantineReason);

    [Theory]
    [InlineData(5 * 60_000, null)]
    [InlineData(5 * 60_001, "clock: at is 5 min ahead of the gateway")]
    [InlineData(26 * 3_600_000L, "clock: at is 26 h ahead of the gateway")]
    [InlineData(-30 * 86_400_000L, null)]
    [InlineData(-31 * 86_400_000L, "clock: at is 31 days behind the gateway")]
    public void Clock_far_from_ours_is_quarantined_and_both_times_are_kept(long offsetMs, string? reason)
    {
        var found = Assert.Single(Inspect("hello", $$"""{"boot":1,"seq":2,"at":{{NowUnixMs + offsetMs}}}"""));
        Assert.Equal((reason, NowUnixMs + offsetMs), (found.QuarantineReason, found.AtUnixMs));
    }

    [Fact]
    public void Clock_beyond_every_calendar_is_no_time() =>
        Assert.Equal("clock: at 9223372036854775807 is no time", Assert.Single(Inspect("hello", """{"boot":1,"seq":2,"at":9223372036854775807}""")).QuarantineReason);

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("42")]
    [InlineData("{\"boot\":1,\"seq\":2")]
    [InlineData("{\"boot\":1,\"seq\":2} x")]
    [InlineData("[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]")]
    public void Payload_that_is_not_a_message_is_quarantined_whole(string payload) => Assert.Contains(Inspect("hello", payload), e => e.QuarantineReason is not null);

    [Fact]
    public void Invalid_utf8_is_quarantined()
    {
        byte[] payload = [.. "{\"boot\":1,\"seq\":2,\"at\":1,\"firmware\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.Equal("not JSON: invalid UTF-8", Assert.Single(Inspect("hello", payload)).QuarantineReason);
    }

    [Fact]
    public void Bad_event_in_a_batch_spoils_only_itself()
    {
        var found = Inspect("door", $"[{Json("\"compartment\":\"S01\",\"state\":\"open\"", seq: 1)},{Json("\"compartment\":\"S01\",\"state\":7,\"x\":[{}]", seq: 2)},7,{Json("\"compartment\":\"S02\",\"state\":\"open\"", seq: 3)}]");
        Assert.Equal([null, "state is 7; expected text", "expected an object in the array, found Number", null], found.Select(e => e.QuarantineReason));
        Assert.Equal([1L, 2L, -1L, 3L], found.Select(e => e.Sequence));
    }

    [Fact]
    public void Mutated_messages_never_throw_and_always_leave_a_finding()
    {
        var random = new Random(11);
        var good = Encoding.UTF8.GetBytes(Json("\"compartments\":[{\"compartment\":\"S01\",\"size\":\"S\",\"door\":\"open\",\"occupied\":true,\"service\":\"blocked\"}],\"battery\":0.5"));
        var accepted = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var payload = bytes.AsSpan(0, random.Next(10) == 0 ? random.Next(bytes.Length) : bytes.Length);
            var found = Inspect("snapshot", payload);
            Assert.NotEmpty(found);
            accepted += found[0].QuarantineReason is null ? 1 : 0;
        }

        Assert.InRange(accepted, 100, 20_000);
    }

    [Fact]
    public void Good_message_allocates_nothing()
    {
        var inspector = Inspector();
        var payload = Encoding.UTF8.GetBytes(Json("\"compartments\":[{\"compartment\":\"S01\",\"size\":\"S\",\"door\":\"open\",\"occupied\":true},{\"compartment\":\"S02\",\"door\":\"closed\"}],\"battery\":0.5"));
        var events = new List<Ingest.IngestEvent>(4);
        Run(200);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int times)
        {
            for (var i = 0; i < times; i++)
            {
                events.Clear();
                var findings = new Ingest.EventFindings(events, default);
                inspector.Inspect(DeviceKind.Locker, "ter_1"u8, "snapshot"u8, payload, ref findings);
            }
        }
    }

    [Fact]
    public async Task Quarantined_message_is_stored_with_its_reason_and_answered()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewayOptions(), configure: services => DeviceAccounts.Add(services, "ter_1"));
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var payload = Encoding.UTF8.GetBytes($$"""{"boot":1,"seq":1,"at":{{at + 86_400_000}},"battery":0.5}""");
        using (var modern = DeviceAccounts.Connect(gateway, "ter_1", ProtocolVersion.V5))
        {
            Assert.Equal([0x40, 3, 0, 1, (byte)ReasonCode.PayloadFormatInvalid], modern.Publish("lg/v1/locker/ter_1/up/heartbeat", payload, 1, 1, version: ProtocolVersion.V5));
        }

        using var old = DeviceAccounts.Connect(gateway, "ter_1", ProtocolVersion.V311);
        Assert.Equal([0x40, 2, 0, 1], old.Publish("lg/v1/locker/ter_1/up/heartbeat", Encoding.UTF8.GetBytes("?"), 1, 1));
        var stored = gateway.Store.ReadEvents(0, 10);
        Assert.Equal(["clock: at is 24 h ahead of the gateway", stored[1].QuarantineReason], stored.Select(e => e.QuarantineReason));
        Assert.StartsWith("not JSON", stored[1].QuarantineReason, StringComparison.Ordinal);
        Assert.Equal(at + 86_400_000, stored[0].AtUnixMs);
        Assert.InRange(stored[0].ReceivedUnixMs, at, at + 60_000);
    }
}
