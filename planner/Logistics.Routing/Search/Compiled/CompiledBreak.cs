using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>A break as the search reads it: arrays instead of lists behind an interface.</summary>
internal sealed class CompiledBreak(Break rest)
{
    public TimeWindow[] Windows { get; } = [.. rest.Windows];
    public int DurationSeconds { get; } = rest.DurationSeconds;
    public bool IsWaivedIfRouteEndsBefore { get; } = rest.IsWaivedIfRouteEndsBefore;
    public long[] MaxLoad { get; } = [.. rest.MaxLoad];
}
