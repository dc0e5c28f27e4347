using System.Runtime.CompilerServices;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Moves;

/// <summary>What driving a leg costs a vehicle at base speed.</summary>
internal static class LegPrice
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(in VehicleData v, int from, int to)
    {
        long price = v.Legs.Distance(from, to) * v.CostPerMetre;
        return v.CostPerTravelSecond == 0 ? price : price + (v.Legs.Duration(from, to) * v.CostPerTravelSecond);
    }
}
