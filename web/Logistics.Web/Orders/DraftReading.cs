using Logistics.Domain;
using Logistics.Web.Hosting;

namespace Logistics.Web.Orders;

/// <summary>What could be read of one order, and what could not.</summary>
/// <param name="Problems">Unreadable values, in the field names of the API; the rules of the trade are checked later.</param>
/// <param name="Fields">The order as flat text fields, for the quarantine's mending form; see <see cref="OrderFields"/>.</param>
public sealed record DraftReading(OrderDraft Draft, IReadOnlyList<FieldProblem> Problems, IReadOnlyDictionary<string, string> Fields);

/// <summary>Names of the domain's draft as partners see them.</summary>
public static class WireNames
{
    private static readonly (string Domain, string Wire)[] Names =
    [
        ("volumeMillilitres", "volumeMl"), ("promiseStart", "promiseFrom"), ("promiseEnd", "promiseUntil"), ("hasTerminalConsent", "consentsToTerminal"),
        ("designatedTerminal", "senderDesignatesTerminal"), ("hasSenderLockerAgreement", "senderAgreesToLocker"),
    ];

    public static string Field(string domain) => domain switch
    {
        "size" => "sizeClass",
        _ when domain.EndsWith("].start", StringComparison.Ordinal) => domain[..^"start".Length] + "from",
        _ when domain.EndsWith("].end", StringComparison.Ordinal) => domain[..^"end".Length] + "until",
        _ => Names.FirstOrDefault(n => n.Domain == domain) is { Wire: { } wire } ? wire : domain,
    };

    /// <summary>The reader's problem as Storage keeps it, so that a field that could not be read is not also "missing".</summary>
    public static OrderProblem ToDomain(FieldProblem problem) => new(
        problem.Field == "sizeClass" ? "size" : Names.FirstOrDefault(n => n.Wire == problem.Field) is { Domain: { } domain } ? domain : problem.Field,
        problem.Value, problem.Rule, problem.Message);

    public static FieldProblem Problem(OrderProblem problem, int? row = null)
    {
        var message = problem.Message;
        foreach (var (domain, wire) in Names) message = message.Replace(domain, wire, StringComparison.Ordinal);
        if (problem.Field == "size" && message.StartsWith("size ", StringComparison.Ordinal)) message = "sizeClass" + message["size".Length..];
        return new FieldProblem(Field(problem.Field), problem.Value, problem.Rule, message, row);
    }
}
