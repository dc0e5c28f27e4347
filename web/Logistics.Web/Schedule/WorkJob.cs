using Quartz;

namespace Logistics.Web.Schedule;

/// <summary>The one Quartz job: finds its work by its own name, runs it and notes how it went. Never two at a time on any host.</summary>
[DisallowConcurrentExecution]
public sealed class WorkJob(IEnumerable<IScheduledWork> works, RunLog runs, ILogger<WorkJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var name = context.JobDetail.Key.Name;
        var work = works.First(w => w.Name == name);
        await runs.StartedAsync(name);
        try
        {
            await runs.EndedAsync(name, isOk: true, await work.RunAsync(cancellationToken));
        }
        // A failed run is a fact for the page; the schedule goes on.
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "Scheduled work {Name} failed", name);
            await runs.EndedAsync(name, isOk: false, new Words(e.Message, e.Message));
        }
    }
}
