using Logistics.Routing.Model;

namespace Logistics.Planning.Access;

/// <summary>Metres and seconds of the ways round, row-major; the arrays exist only once there is one.</summary>
internal sealed class DetourArrays(TravelProfile travel)
{
    public int[]? Distances { get; private set; }
    public int[]? Durations { get; private set; }

    public void Store(int from, int to, double ratio)
    {
        var n = travel.PlaceCount;
        if (Distances is null || Durations is null)
        {
            Distances = new int[n * n];
            Durations = new int[n * n];
            Array.Fill(Distances, TravelProfile.Unreachable);
            Array.Fill(Durations, TravelProfile.Unreachable);
        }

        StoreOne(from, to);
        StoreOne(to, from);

        void StoreOne(int a, int b)
        {
            if (travel.Duration(a, b) == TravelProfile.Unreachable) return;
            Distances[(a * n) + b] = (int)Math.Min(1 << 30, Math.Ceiling(travel.Distance(a, b) * ratio));
            Durations[(a * n) + b] = (int)Math.Min(1 << 30, Math.Ceiling(travel.Duration(a, b) * ratio));
        }
    }
}
