using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Logistics.Storage.Tests;

/// <summary>Runs a storage test once on each database.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CombinatorialBackendsAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow<Backend>(Backend.Sqlite), new TheoryDataRow<Backend>(Backend.Postgres)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
