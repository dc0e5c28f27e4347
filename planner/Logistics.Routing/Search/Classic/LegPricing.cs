using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Classic;

/// <summary>What metres and seconds of driving cost, and by how much each vehicle multiplies it: one matrix serves vehicles of different price.</summary>
/// <param name="Rate">Multiple of each vehicle; all 1 where they cost the same.</param>
internal sealed record LegPricing(long PerMetre, long PerSecond, long[] Rate)
{
    public bool HasRates => Array.Exists(Rate, r => r != 1);

    /// <summary>Null when two vehicles weigh metres against seconds differently: then no matrix serves both.</summary>
    public static LegPricing? Find(VehicleData[] vehicles)
    {
        var first = Array.Find(vehicles, v => v.CostPerMetre > 0 || v.CostPerTravelSecond > 0);
        var rate = new long[vehicles.Length];
        if (Array.TrueForAll(vehicles, v => v.CostPerMetre == first.CostPerMetre && v.CostPerTravelSecond == first.CostPerTravelSecond))
        {
            Array.Fill(rate, 1);
            return new LegPricing(first.CostPerMetre, first.CostPerTravelSecond, rate);
        }

        long divisor = FindDivisor(first.CostPerMetre, first.CostPerTravelSecond), perMetre = first.CostPerMetre / divisor, perSecond = first.CostPerTravelSecond / divisor;
        for (int v = 0; v < rate.Length; v++)
        {
            rate[v] = perMetre > 0 ? vehicles[v].CostPerMetre / perMetre : vehicles[v].CostPerTravelSecond / perSecond;
            if (rate[v] * perMetre != vehicles[v].CostPerMetre || rate[v] * perSecond != vehicles[v].CostPerTravelSecond) return null;
        }

        return new LegPricing(perMetre, perSecond, rate);
    }

    private static long FindDivisor(long a, long b) => b == 0 ? a : FindDivisor(b, a % b);
}
