using Logistics.Domain;

namespace Logistics.Planning.Days;

/// <summary>Counts the places each hub's vehicles would drive among, for a city that is cut by hub.</summary>
internal sealed class HubPlaces
{
    private readonly DayInput _input;
    private readonly Dictionary<string, int> _terminalsOfHub;

    public HubPlaces(DayInput input)
    {
        _input = input;
        _terminalsOfHub = input.Parcels.GroupBy(p => p.HubId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.SelectMany(p => p.Options).Where(o => o.Kind != DeliveryKind.Door).Select(o => o.TerminalId).Distinct(StringComparer.Ordinal).Count(), StringComparer.Ordinal);
    }

    /// <summary>True when no hub has more places than one set of matrices should have; where terminals alone fill them, doors still get a third as many.</summary>
    /// <param name="doorOfParcel">Index of each parcel's door among the doors; −1 for none.</param>
    public bool AreFew(ParkingPlaces parking, int[] doorOfParcel)
    {
        var seen = new HashSet<(string Hub, int Place)>();
        var count = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < _input.Parcels.Count; i++)
        {
            var hub = _input.Parcels[i].HubId;
            if (doorOfParcel[i] >= 0 && seen.Add((hub, parking.PlaceOfDoor(doorOfParcel[i])))) count[hub] = count.GetValueOrDefault(hub) + 1;
        }

        return count.All(c => c.Value <= Math.Max(_input.Rules.MaxPlaces - _terminalsOfHub[c.Key] - 1, (_terminalsOfHub[c.Key] / 3) + 1));
    }
}
