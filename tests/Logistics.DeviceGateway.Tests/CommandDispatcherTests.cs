using Logistics.DeviceGateway.Tests.Wire;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Tests;

/// <summary>Commands over a real port; docs/commands.md states what these show.</summary>
public sealed class CommandDispatcherTests
{
    private const string Topic = "lg/v1/locker/ter_1/down/open";

    [Fact]
    public async Task Command_goes_to_its_device_and_ends_with_the_answer()
    {
        await using var lab = await CommandLab.StartAsync();
        using var device = lab.ConnectDevice();
        var command = await lab.OrderAsync();
        var (topic, payload) = device.TakePublish();
        Assert.Equal(Topic, topic);
        var startBefore = command.NotAfter.AddSeconds(-2).ToUnixTimeMilliseconds();
        Assert.Equal($$"""{"command":"{{command.Id}}","notAfter":{{startBefore}},"token":"token","actor":"usr_1","reason":"a test","compartment":"A01"}""", payload);
        await lab.WaitForAsync(command.Id, CommandState.Delivered);
        lab.Answer(device, command.Id, CommandOutcomes.Done);
        var done = await lab.WaitForAsync(command.Id, CommandState.Succeeded);
        Assert.Equal((1, CommandOutcomes.Done), (done.Attempts, done.Outcome));
        device.ExpectSilence();
    }

    [Fact]
    public async Task Command_for_an_absent_device_waits_and_is_handed_on_when_it_comes()
    {
        await using var lab = await CommandLab.StartAsync();
        var first = await lab.OrderAsync();
        var second = await lab.OrderAsync();
        using var device = lab.ConnectDevice();
        Assert.Equal([first.Id, second.Id], [CommandLab.IdIn(device.TakePublish().Payload), CommandLab.IdIn(device.TakePublish().Payload)]);
    }

    [Fact]
    public async Task Withdrawn_command_is_never_sent()
    {
        await using var lab = await CommandLab.StartAsync();
        var command = await lab.OrderAsync();
        var withdrawn = await lab.Dispatcher.WithdrawAsync(command.Id, TestContext.Current.CancellationToken);
        Assert.Equal(CommandState.Cancelled, withdrawn?.State);
        using var device = lab.ConnectDevice();
        var later = await lab.OrderAsync();
        Assert.Equal(later.Id, CommandLab.IdIn(device.TakePublish().Payload));
        Assert.Equal(CommandState.Delivered, (await lab.WaitForAsync(later.Id, CommandState.Delivered)).State);
        Assert.NotEqual(CommandState.Cancelled, (await lab.Dispatcher.WithdrawAsync(later.Id, TestContext.Current.CancellationToken))?.State);
    }

    [Fact]
    public async Task Command_expires_here_when_the_device_stays_away()
    {
        await using var lab = await CommandLab.StartAsync();
        var command = await lab.OrderAsync(life: TimeSpan.FromSeconds(30));
        lab.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.False((await lab.WaitForAsync(command.Id, CommandState.Expired)).MayHaveArrived);
        using var device = lab.ConnectDevice();
        device.ExpectSilence();
    }

    [Fact]
    public async Task Unacknowledged_command_is_not_sent_again_once_it_has_expired()
    {
        await using var lab = await CommandLab.StartAsync();
        DeviceCommand command;
        using (var device = lab.ConnectDevice())
        {
            command = await lab.OrderAsync(life: TimeSpan.FromSeconds(30));
            device.TakePublish(isAcknowledged: false);
        }

        lab.Time.Advance(TimeSpan.FromSeconds(29));
        using (var again = lab.ConnectDevice())
        {
            again.ExpectSilence();
        }

        lab.Time.Advance(TimeSpan.FromMinutes(2));
        var end = await lab.WaitForAsync(command.Id, CommandState.Unanswered);
        Assert.True(end.MayHaveArrived);
        // It had acted after all, and its answer was only late.
        using var later = lab.ConnectDevice();
        lab.Answer(later, command.Id, CommandOutcomes.Done);
        await lab.WaitForAsync(command.Id, CommandState.Succeeded);
    }

    [Fact]
    public async Task Unanswered_command_is_repeated_under_its_identifier_a_few_times_only()
    {
        await using var lab = await CommandLab.StartAsync();
        using var device = lab.ConnectDevice();
        var command = await lab.OrderAsync(life: TimeSpan.FromMinutes(5));
        for (var attempt = 1; attempt <= new CommandRules().MaximumAttempts; attempt++)
        {
            Assert.Equal(command.Id, CommandLab.IdIn(device.TakePublish().Payload));
            await lab.WaitForAsync(command.Id, CommandState.Delivered, attempt);
            lab.Time.Advance(TimeSpan.FromSeconds(11));
        }

        lab.Time.Advance(TimeSpan.FromSeconds(11));
        device.ExpectSilence();
        lab.Answer(device, command.Id, CommandOutcomes.Failed);
        Assert.Equal(5, (await lab.WaitForAsync(command.Id, CommandState.Failed)).Attempts);
    }

    [Fact]
    public async Task Restart_of_the_gateway_repeats_what_was_under_way()
    {
        await using var lab = await CommandLab.StartAsync();
        DeviceCommand command;
        using (var device = lab.ConnectDevice())
        {
            command = await lab.OrderAsync();
            device.TakePublish(isAcknowledged: false);
            await lab.RestartAsync();
        }

        await lab.WaitForAsync(command.Id, CommandState.Pending);
        using var again = lab.ConnectDevice();
        Assert.Equal(command.Id, CommandLab.IdIn(again.TakePublish().Payload));
        lab.Answer(again, command.Id, CommandOutcomes.Done);
        await lab.WaitForAsync(command.Id, CommandState.Succeeded);
    }

    [Fact]
    public async Task Answer_of_another_device_or_to_a_foreign_command_counts_for_nothing()
    {
        await using var lab = await CommandLab.StartAsync();
        using var device = lab.ConnectDevice();
        using var stranger = lab.ConnectDevice("ter_2");
        var command = await lab.OrderAsync();
        device.TakePublish();
        lab.Answer(stranger, command.Id, CommandOutcomes.Failed, device: "ter_2");
        lab.Answer(device, "cmd_unknown", CommandOutcomes.Failed);
        lab.Answer(device, command.Id, CommandOutcomes.Done);
        // Answers are taken in order: had the stranger's counted, this would have failed.
        Assert.Equal(CommandState.Succeeded, (await lab.WaitForAsync(command.Id, CommandState.Succeeded)).State);
        stranger.ExpectSilence();
    }
}
