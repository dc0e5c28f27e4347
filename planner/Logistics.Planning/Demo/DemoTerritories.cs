using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>Which hub handles what goes to a terminal or a door near it.</summary>
/// <remarks>
/// With one district its two centres split the city north and south, and the store takes the east around it. With more, every centre gets the terminals nearest to it, distances shifted by a weight for each
/// centre until the load follows the fleet (a balanced power diagram); a store takes the terminals next to it until its tricycles have enough to do.
/// </remarks>
internal sealed class DemoTerritories
{
    private const double StoreMetres = 8_000;

    /// <summary>West of here the tricycles of the first store would meet Chang'an Avenue, which is closed to them.</summary>
    private const double StoreWest = 116.433;
    private const double NorthFrom = 39.925;

    /// <summary>Share of a district's parcels around its store; of those that may go by tricycle most do.</summary>
    private const double StoreShare = 0.17;
    private const double KeptForCentres = 0.35;
    private const int Rounds = 300;

    // Both centres of a district have equal vans, the first has more trucks.
    private const double FirstCentreShare = 0.56;

    private readonly IReadOnlyList<Hub> _hubs;
    private readonly bool _isSmall;
    private readonly int[] _centre, _store;

    /// <param name="pullShares">Share of all parcels each terminal's surroundings draw.</param>
    public DemoTerritories(NetworkSnapshot network, IReadOnlyList<double> pullShares)
    {
        _hubs = network.Hubs;
        _isSmall = _hubs.Count <= DemoHubs.PerDistrict;
        (_centre, _store) = _isSmall ? ([], []) : Divide(_hubs, network.Terminals, pullShares);
    }

    public Hub CentreOf(int terminal, GeoPoint location) => _hubs[_isSmall ? location.Lat > NorthFrom ? 1 : 0 : _centre[terminal]];

    /// <summary>The store that may take small things there; null when none is near.</summary>
    public Hub? FindStore(int terminal, GeoPoint location)
    {
        if (!_isSmall) return _store[terminal] < 0 ? null : _hubs[_store[terminal]];
        return _hubs.Count == DemoHubs.PerDistrict && location.Lon > StoreWest && location.MetresTo(_hubs[2].Location) < StoreMetres ? _hubs[2] : null;
    }

    private static (int[] Centre, int[] Store) Divide(IReadOnlyList<Hub> hubs, IReadOnlyList<Terminal> terminals, IReadOnlyList<double> pull)
    {
        var stores = Enumerable.Range(0, hubs.Count).Where(DemoHubs.IsStore).ToArray();
        var store = new int[terminals.Count];
        Array.Fill(store, -1);
        foreach (var hub in stores)
        {
            var room = StoreShare / stores.Length;
            foreach (var (metres, terminal) in Enumerable.Range(0, terminals.Count).Select(t => (terminals[t].Location.MetresTo(hubs[hub].Location), t)).Order())
            {
                if (room <= 0 || metres > StoreMetres) break;
                if (store[terminal] >= 0 || (hub == stores[0] && terminals[terminal].Location.Lon < StoreWest)) continue;
                store[terminal] = hub;
                room -= pull[terminal];
            }
        }

        return (Balance(hubs, terminals, [.. pull.Select((p, t) => store[t] < 0 ? p : p * KeptForCentres)], stores.Length), store);
    }

    private static int[] Balance(IReadOnlyList<Hub> hubs, IReadOnlyList<Terminal> terminals, double[] load, int districts)
    {
        var centres = Enumerable.Range(0, hubs.Count).Where(h => !DemoHubs.IsStore(h)).ToArray();
        var wanted = Array.ConvertAll(centres, h => load.Sum() * (h % DemoHubs.PerDistrict == 0 ? FirstCentreShare : 1 - FirstCentreShare) / districts);
        // Squared kilometres, as a power diagram has it: borders stay straight.
        var squares = terminals.Select(t => Array.ConvertAll(centres, h => Math.Pow(t.Location.MetresTo(hubs[h].Location) / 1_000, 2))).ToArray();
        var weight = new double[centres.Length];
        var owner = new int[terminals.Count];
        for (var round = 0; round < Rounds; round++)
        {
            var given = new double[centres.Length];
            for (var t = 0; t < owner.Length; t++)
            {
                var best = 0;
                for (var c = 1; c < centres.Length; c++)
                    if (squares[t][c] - weight[c] < squares[t][best] - weight[best]) best = c;
                owner[t] = best;
                given[best] += load[t];
            }

            // Large steps first, small ones at the end.
            var step = 40.0 * (Rounds - round) / Rounds;
            for (var c = 0; c < centres.Length; c++) weight[c] += step * Math.Clamp((wanted[c] - given[c]) / wanted[c], -1, 1);
        }

        return Array.ConvertAll(owner, c => centres[c]);
    }
}
