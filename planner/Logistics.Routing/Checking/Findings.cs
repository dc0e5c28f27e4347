using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Collects violations and names things the way the problem names them.</summary>
internal sealed class Findings(Problem problem)
{
    private readonly List<Violation> _violations = [];

    public Problem Problem => problem;

    public IReadOnlyList<Violation> Violations => _violations;

    public void Add(ViolationKind kind, string message, int vehicle = -1, int step = -1, int job = -1) =>
        Add(new Violation(kind, message, vehicle, step, job));

    public void Add(Violation violation) => _violations.Add(violation);

    public string NameVehicle(int vehicle) => $"Vehicle {vehicle} ({problem.Vehicles[vehicle].Id})";

    public string NameJob(int job) => $"job {job} ({problem.Jobs[job].Id})";

    public string NameDepot(int depot) => $"depot {depot} ({problem.Depots[depot].Id})";
}
