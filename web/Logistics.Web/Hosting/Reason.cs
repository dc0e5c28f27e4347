namespace Logistics.Web.Hosting;

/// <summary>The optional body of a change that says why; kept in the audit.</summary>
public sealed record ReasonBody(string? Reason);
