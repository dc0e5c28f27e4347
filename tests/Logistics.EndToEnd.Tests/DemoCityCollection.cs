namespace Logistics.EndToEnd.Tests;

/// <summary>One host and one browser for all page tests; they run one after another, as two cores would have it.</summary>
[CollectionDefinition(nameof(DemoCityCollection))]
public sealed class DemoCityCollection : ICollectionFixture<RunningHost>, ICollectionFixture<Browser>;
