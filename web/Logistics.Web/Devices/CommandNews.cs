using Logistics.DeviceGateway.Commands;
using Logistics.Web.Live;

namespace Logistics.Web.Devices;

/// <summary>Tells open pages that a command has a new state, so that none of them has to ask.</summary>
public sealed class CommandNews(CommandDispatcher dispatcher, LiveFeed feed) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        dispatcher.Changed += Announce;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        dispatcher.Changed -= Announce;
        return Task.CompletedTask;
    }

    private void Announce(object? sender, CommandChangedEventArgs changed) =>
        feed.Publish("command", new CommandNewsView(changed.Command.Device, changed.Command.Id, changed.Command.State));
}
