using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.Storage.Tests;

public sealed class DeviceCommandStoreTests(Databases databases)
{
    [Theory, CombinatorialBackends]
    public async Task Command_is_kept_with_every_field_and_listed_until_finished(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend, withNetwork: false);
        var port = new StoredCommands(lab.Storage);
        var commands = lab.Storage.Commands;
        var first = Command("cmd_1", "ter_1") with { Arguments = """{"size":"M"}""" };
        var second = Command("cmd_2", "ter_2");
        await lab.Storage.WriteAsync(async db =>
        {
            await commands.CreateAsync(db, first, Samples.Admin);
            await commands.CreateAsync(db, second, Samples.Admin);
        });
        await lab.ReopenAsync();
        port = new StoredCommands(lab.Storage);
        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal([first, second], await port.ListUnfinishedAsync(cancel));

        var done = first with { State = CommandState.Succeeded, Attempts = 2, MayHaveArrived = true, FinishedAt = Samples.Now, Outcome = CommandOutcomes.Done };
        await port.SaveAsync(done, cancel);
        Assert.Equal(done, await port.FindAsync("cmd_1", cancel));
        Assert.Equal([second], await port.ListUnfinishedAsync(cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => port.SaveAsync(Command("cmd_9", "ter_1"), cancel));

        Assert.Equal([second, done], await List(lab, new CommandFilter()));
        Assert.Equal([done], await List(lab, new CommandFilter { BeforeId = "cmd_2" }));
        Assert.Equal([second], await List(lab, new CommandFilter { UnfinishedOnly = true }));
        Assert.Equal([done], await List(lab, new CommandFilter { Device = "ter_1" }));
    }

    [Theory, CombinatorialBackends]
    public async Task Audit_names_the_actor_and_hides_the_token(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend, withNetwork: false);
        await lab.Storage.WriteAsync(async db =>
        {
            await lab.Storage.Commands.CreateAsync(db, Command("cmd_1", "ter_1"), Samples.Admin);
            await lab.Storage.Commands.AuditWithdrawalAsync(db, Command("cmd_1", "ter_1"), Samples.Admin);
        });
        var trail = await lab.Storage.ReadAsync(db => lab.Storage.Audit.ListAsync(db, PartnerScope.Everyone, new AuditFilter { ObjectKind = "device", ObjectId = "ter_1" }));
        Assert.Equal(["command.withdraw", "command.create"], trail.Select(e => e.Action));
        Assert.All(trail, e => Assert.DoesNotContain("secret", e.Before + e.After, StringComparison.Ordinal));
    }

    [Theory, CombinatorialBackends]
    public async Task Cursor_begins_at_zero_and_moves(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend, withNetwork: false);
        var port = new StoredCommands(lab.Storage);
        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal(0, await port.ReadCursorAsync(cancel));
        await port.SaveCursorAsync(7, cancel);
        await port.SaveCursorAsync(9, cancel);
        Assert.Equal(9, await port.ReadCursorAsync(cancel));
    }

    private static DeviceCommand Command(string id, string device) => new(
        id, device, DeviceKind.Locker, CommandKind.Open, "A01", null, "secret", "usr_1", "a courier asks", Samples.Now, Samples.Now.AddMinutes(2));

    private static Task<List<DeviceCommand>> List(StorageLab lab, CommandFilter filter) => lab.Storage.ReadAsync(db => lab.Storage.Commands.ListAsync(db, filter));
}
