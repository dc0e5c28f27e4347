using Logistics.Storage;

namespace Logistics.Web.Hosting;

/// <summary>Starts the background services in their order once the data is there: before the host listens on all starts but the first, beside it on that.</summary>
public sealed class LateStart(Beginning beginning, [FromKeyedServices(LateStart.Key)] IEnumerable<IHostedService> services, IHostApplicationLifetime lifetime, ILogger<LateStart> log) : IHostedService
{
    private const string Key = "late";

    private readonly List<IHostedService> _started = [];
    private Task _starting = Task.CompletedTask;

    /// <summary>Puts the background services registered since <paramref name="first"/> under this one.</summary>
    /// <param name="first">How many registrations there were before.</param>
    public static void Take(IServiceCollection services, int first)
    {
        for (var i = first; i < services.Count; i++)
        {
            if (services[i] is not { IsKeyedService: false } own || own.ServiceType != typeof(IHostedService)) continue;
            services[i] = own.ImplementationType is { } type ? ServiceDescriptor.KeyedSingleton(typeof(IHostedService), Key, type)
                : ServiceDescriptor.KeyedSingleton(typeof(IHostedService), Key, (provider, _) => own.ImplementationInstance ?? own.ImplementationFactory!(provider));
        }
        services.AddHostedService<LateStart>();
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _starting = StartAllAsync(cancellationToken);
        if (beginning.Filled.IsCompleted) await _starting;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        beginning.Stop();
        await _starting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var service in Enumerable.Reverse(_started)) await service.StopAsync(cancellationToken);
    }

    private async Task StartAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await beginning.Filled;
            foreach (var service in services)
            {
                await service.StartAsync(cancellationToken);
                _started.Add(service);
                if (service is BackgroundService { ExecuteTask: { } work }) _ = work.ContinueWith(EndHost, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
            beginning.End();
        }
        catch (Exception fault)
        {
            // Whoever waits for the beginning tells it; the host must not serve without its services.
            beginning.Fail(fault);
            if (fault is not (StorageException or IOException or OperationCanceledException)) log.LogCritical(fault, "A background service did not start");
            throw;
        }
    }

    private void EndHost(Task work)
    {
        log.LogCritical(work.Exception, "A background service failed; the host ends");
        lifetime.StopApplication();
    }
}
