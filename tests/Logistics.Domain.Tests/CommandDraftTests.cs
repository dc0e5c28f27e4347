using System.Text.Json;
using Logistics.Domain.Devices;

namespace Logistics.Domain.Tests;

public sealed class CommandDraftTests
{
    [Theory]
    [InlineData(CommandKind.Open, "001", null, "ok", null, "")]
    [InlineData(CommandKind.Open, null, null, " ", null, "reason:required compartment:required")]
    [InlineData(CommandKind.Open, "099", null, "ok", 601.0, "compartment:compartment.unknown lifeSeconds:range")]
    [InlineData(CommandKind.Snapshot, "001", null, "ok", null, "compartment:compartment.none")]
    [InlineData(CommandKind.Config, null, null, "ok", null, "arguments:required")]
    [InlineData(CommandKind.Config, null, """{"token":1,"volume":3}""", "ok", null, "arguments.token:reserved")]
    [InlineData(CommandKind.Config, null, "[1]", "ok", null, "arguments:object")]
    [InlineData(CommandKind.Reserve, "001", """{"parcel":7}""", "ok", null, "arguments.parcel:required")]
    [InlineData(CommandKind.Codes, null, """{"codes":[]}""", "ok", 3.0, "lifeSeconds:range")]
    public void Draft_for_a_locker_is_judged_as_a_whole(CommandKind kind, string? compartment, string? arguments, string reason, double? life, string faults)
    {
        var draft = new CommandDraft(kind, compartment, arguments is null ? null : JsonDocument.Parse(arguments).RootElement, reason, life);
        Assert.Equal(faults, string.Join(' ', CommandDrafts.Check(draft, DeviceKind.Locker, ["001", "002"], new CommandRules()).Select(fault => $"{fault.Field}:{fault.Rule}")));
    }

    [Fact]
    public void Vehicle_has_no_doors_to_open()
    {
        var draft = new CommandDraft(CommandKind.Open, "001", null, "ok", null);
        Assert.Equal("kind.device", Assert.Single(CommandDrafts.Check(draft, DeviceKind.Vehicle, [], new CommandRules())).Rule);
        Assert.Empty(CommandDrafts.Check(draft with { Kind = CommandKind.Time, Compartment = null }, DeviceKind.Vehicle, [], new CommandRules()));
    }
}
