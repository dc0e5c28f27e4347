namespace Logistics.Planner.Cli;

/// <summary>What a command says to the shell.</summary>
internal static class ExitCode
{
    public const int Good = 0;
    public const int Infeasible = 1;
    public const int BadInput = 2;

    public static int Of(bool isGood) => isGood ? Good : Infeasible;
}

/// <summary>A file or argument that cannot be used; the message lists everything that is wrong with it.</summary>
public sealed class BadInputException(string subject, IReadOnlyCollection<string> faults)
    : Exception(faults.Count == 1 ? $"{subject}: {faults.First()}" : $"{subject} has {faults.Count} faults:{Environment.NewLine}{string.Join(Environment.NewLine, faults.Select(f => "  - " + f))}")
{
    public IReadOnlyList<string> Faults { get; } = [.. faults];
}
