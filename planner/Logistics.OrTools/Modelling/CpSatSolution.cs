using Logistics.OrTools.Protocol;

namespace Logistics.OrTools.Modelling;

/// <summary>Reads values out of a solver's answer.</summary>
public static class CpSatSolution
{
    /// <summary>Value of <paramref name="variable"/> in the best solution.</summary>
    public static long Value(this CpSolverResponse response, IntVar variable) => response.Solution[variable.Index];

    /// <summary>Truth of <paramref name="literal"/> in the best solution.</summary>
    public static bool IsTrue(this CpSolverResponse response, Literal literal) => response.Solution[literal.Variable] != 0 != literal.IsNegated;
}
