namespace Logistics.Web.Schedule;

/// <summary>What happens to runs that were due while no host was up.</summary>
public enum MissedRuns
{
    /// <summary>However many were missed, it runs once as soon as a host is up, then by the clock.</summary>
    RunOnce,

    /// <summary>They are let go; the next one comes by the clock.</summary>
    Skip,
}

/// <summary>One sentence for the page, in both of its languages.</summary>
public sealed record Words(string Zh, string En);

/// <summary>One piece of the day's rhythm. Every host registers all of them; the job store makes sure one host runs each.</summary>
public interface IScheduledWork
{
    /// <summary>Stable name: key of the job store and of the API.</summary>
    string Name { get; }

    string DescriptionZh { get; }

    string DescriptionEn { get; }

    /// <summary>Quartz cron (second minute hour day month weekday) in the service area's zone; what an administrator set later wins.</summary>
    string DefaultCron { get; }

    MissedRuns MissedRuns { get; }

    /// <returns>What was done.</returns>
    Task<Words> RunAsync(CancellationToken cancellationToken);
}
