namespace Logistics.Web.Hosting;

/// <summary>One page of a list.</summary>
/// <param name="Next">Pass as <c>after</c> for the next page; null on the last.</param>
/// <param name="Total">All items, whatever the page, where the list is counted; else the items of this page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, long Total);
