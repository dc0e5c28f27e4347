using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>Reproducible identifiers of one demo city: UUIDv7 of the day's midnight.</summary>
internal sealed class DemoIds
{
    private readonly IdFactory _factory;

    public DemoIds(DateOnly day, int seed)
    {
        _factory = new IdFactory(new FixedTime(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8))), seed);
        AreaId = _factory.New(IdPrefix.Area);
    }

    public string AreaId { get; }

    public string New(string prefix) => _factory.New(prefix);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
