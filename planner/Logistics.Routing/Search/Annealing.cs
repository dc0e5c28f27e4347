namespace Logistics.Routing.Search;

/// <summary>Accepts worse solutions with a chance that falls as the budget is spent: T(f) = T₀ · (T₁ ÷ T₀)^f.</summary>
/// <remarks>Simulated annealing as in Christiaens and Vanden Berghe (2020), §4.3: a solution is kept when cost &lt; current − T · ln U(0, 1).</remarks>
internal sealed class Annealing(double first, double last, Rng rng)
{
    /// <summary>Cost that is accepted on top of the current with chance 1/e.</summary>
    public double Temperature { get; private set; }

    /// <param name="cooled">How far it has cooled; at 0 the first temperature, at 1 the last, below 0 hotter than the first.</param>
    public void Cool(double cooled) => Temperature = first * Math.Pow(last / first, Math.Min(cooled, 1));

    /// <summary>Draws the highest cost that is accepted in place of the current.</summary>
    public long DrawLimit(long current) => current - (long)(Temperature * Math.Log(1 - rng.Unit()));

    public bool Accepts(long cost, long current) => cost <= current || cost < current - (Temperature * Math.Log(1 - rng.Unit()));
}
