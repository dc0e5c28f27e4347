using System.Globalization;
using Logistics.Routing.Tests.Oracle;

namespace Logistics.Benchmarks;

/// <summary><c>oracle</c>: compares the search with brute force on many tiny random problems; every failing seed is printed with both plans.</summary>
internal static class OracleVerb
{
    public static int Run(string[] args)
    {
        int first = Read(args, 0, 1), count = Read(args, 1, 500), iterations = Read(args, 2, 3000);
        int failed = 0, infeasible = 0;
        for (int seed = first; seed < first + count; seed++)
        {
            var comparison = OracleComparison.Run(seed, iterations, CancellationToken.None);
            if (comparison.Optimum is null) infeasible++;
            if (comparison.Fault is null) continue;
            failed++;
            Console.WriteLine($"seed {seed}: {comparison.Fault}");
        }

        Console.WriteLine($"{count - failed} of {count} equal ({infeasible} of them without any legal plan), {iterations} iterations each");
        return failed == 0 ? 0 : 1;
    }

    private static int Read(string[] args, int index, int otherwise) => index < args.Length ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
}
