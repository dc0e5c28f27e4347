using Logistics.Storage;
using Logistics.Web.Network;
using Quartz;

namespace Logistics.Web.Schedule;

/// <summary>Quartz on the same database as everything else; clustered where several hosts share a PostgreSQL.</summary>
public static class ScheduleSetup
{
    private static readonly TimeSpan CheckIn = TimeSpan.FromSeconds(5);

    public static void Add(IServiceCollection services, LogisticsStorage storage)
    {
        services.AddSingleton<RunLog>().AddSingleton<ScheduleBook>();
        services.AddSingleton<IScheduledWork, IntakeCutOff>().AddSingleton<IScheduledWork, PlanningWave>().AddSingleton<IScheduledWork, Reminders>().AddSingleton<IScheduledWork, Retention>();
        services.AddQuartz(q =>
        {
            q.ConfigureScheduler(o => o.InstanceName = "logistics");
            q.UseDefaultThreadPool(4);
            q.UsePersistentStore(store =>
            {
                store.ProvisionSchema();
                var (factory, connection) = (storage.Database.ProviderFactory, storage.Database.ConnectionString);
                if (storage.Database.IsShared)
                {
                    store.UsePostgres(factory, connection);
                    store.UseClustering(c => c.CheckinInterval = CheckIn);
                }
                else
                {
                    store.UseSqlite(factory, connection);
                }
            });
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        services.AddHostedService<ScheduleSeeder>();
    }
}

/// <summary>Puts work into the job store that is not there yet; what an administrator changed stays.</summary>
public sealed class ScheduleSeeder(ISchedulerFactory schedulers, IEnumerable<IScheduledWork> works, NetworkCache cache) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var zone = (await cache.GetAsync(cancellationToken)).Area.Zone();
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var work in works)
        {
            var key = new JobKey(work.Name);
            if (await scheduler.Exists(key, cancellationToken)) continue;
            var job = JobBuilder.Create<WorkJob>().WithIdentity(key).WithDescription(work.DescriptionEn).StoreDurably().Build();
            // Two hosts may start together: replacing makes the second a no-op instead of an error.
            await scheduler.ScheduleJob(job, TriggerOf(work, work.DefaultCron, zone), new ScheduleJobOptions { Replace = true }, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static ITrigger TriggerOf(IScheduledWork work, string cron, TimeZoneInfo zone)
    {
        var missed = work.MissedRuns == MissedRuns.RunOnce ? CronTriggerMisfireInstruction.FireAndProceed : CronTriggerMisfireInstruction.DoNothing;
        return TriggerBuilder.Create().WithIdentity(work.Name).ForJob(new JobKey(work.Name)).WithCronSchedule(cron, c => c.InTimeZone(zone).WithMisfireInstruction(missed)).Build();
    }
}
