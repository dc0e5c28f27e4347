using Logistics.Domain;
using Logistics.Storage;

namespace Logistics.Web.Plans;

public enum PlanStateView
{
    Draft,
    Published,
    Superseded,
}

public sealed record PlanSummary(
    string Id, DateOnly Day, int Version, PlanStateView State, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? PublishedAt, string Note, long CostFen, long DistanceMetres,
    long DurationSeconds, int Vehicles, int Stops, int Assigned, int Unassigned, bool IsChecked, string? BasedOn);
