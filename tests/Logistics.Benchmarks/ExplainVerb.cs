using System.Globalization;
using Logistics.Routing.Tests.Explaining;

namespace Logistics.Benchmarks;

/// <summary><c>explain</c>: explains unserved jobs of random problems until enough cases are judged; false reasons and changes are printed.</summary>
internal static class ExplainVerb
{
    public static int Run(string[] args)
    {
        int wanted = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
        int explained = 0, changed = 0, missed = 0;
        var faults = new List<string>();
        for (int seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1; explained < wanted; seed++)
        {
            var judged = ExplanationTruth.Judge(seed, CancellationToken.None);
            (explained, changed, missed) = (explained + judged.Explained, changed + judged.Changed, missed + judged.Missed);
            faults.AddRange(judged.Faults);
            foreach (string miss in judged.Misses) Console.WriteLine($"no change: {miss}");
        }

        foreach (string fault in faults) Console.WriteLine(fault);
        Console.WriteLine($"{explained} unserved jobs explained; {changed} with a confirmed change, {missed} without one; {faults.Count} false statements");
        return faults.Count == 0 ? 0 : 1;
    }
}
