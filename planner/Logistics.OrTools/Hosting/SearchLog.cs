using System.Globalization;
using System.Text.RegularExpressions;

namespace Logistics.OrTools.Hosting;

/// <summary>Reads progress from CP-SAT's search log, the only thing that leaves the WebAssembly solver while it works.</summary>
/// <remarks>
/// Lines such as <c>#12      2.33s best:6323  next:[6324,6415] main</c> and <c>#Bound   3.95s best:-inf  next:[0,10034] …</c>.
/// A minimisation's bound is the range's lower end, a maximisation's its upper end.
/// </remarks>
public static partial class SearchLog
{
    /// <summary>Progress on this line; null if the line is something else.</summary>
    /// <param name="line">One line of the log.</param>
    /// <param name="solutionsSoFar">Solutions seen on earlier lines; a bound line repeats it.</param>
    /// <param name="isMaximised">Which end of the range is the bound.</param>
    public static CpSatProgress? TryParse(string line, int solutionsSoFar, bool isMaximised)
    {
        if (!line.StartsWith('#')) return null;
        var match = ProgressLine().Match(line);
        if (!match.Success) return null;
        var solutions = match.Groups["n"].Value is "Bound" ? solutionsSoFar : int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);
        return new CpSatProgress(
            TimeSpan.FromSeconds(double.Parse(match.Groups["s"].Value, CultureInfo.InvariantCulture)),
            solutions,
            ParseFinite(match.Groups["best"].Value),
            ParseFinite(match.Groups[isMaximised ? "high" : "low"].Value));
    }

    private static double? ParseFinite(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    [GeneratedRegex(@"^#(?<n>Bound|\d+)\s+(?<s>[\d.]+)s\s+best:(?<best>\S+)\s+next:\[(?<low>[^,\]]*),?(?<high>[^\]]*)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProgressLine();
}
