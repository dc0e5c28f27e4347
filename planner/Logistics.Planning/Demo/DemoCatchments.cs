using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>Who lives around which terminal: its pull, its buildings and the other terminals within a walk.</summary>
internal sealed class DemoCatchments
{
    private const int BuildingsPerTerminal = 8;
    private const double WalkMetres = 900;

    private readonly double[] _runningPull;
    private readonly GeoPoint[] _buildings;

    public DemoCatchments(NetworkSnapshot network, Draws draws)
    {
        Terminals = network.Terminals;
        var pull = Terminals.Select(t => t.Compartments.Total() * draws.LogNormal(1, 0.35)).ToArray();
        _runningPull = DemoNetwork.RunningSums(pull);
        PullShares = [.. pull.Select(p => p / _runningPull[^1])];
        _buildings = new GeoPoint[Terminals.Count * BuildingsPerTerminal];
        for (var i = 0; i < _buildings.Length; i++) _buildings[i] = DemoNetwork.Scatter(draws, Terminals[i / BuildingsPerTerminal].Location, 170);
        Nearby = FindNearby(Terminals);
    }

    public IReadOnlyList<Terminal> Terminals { get; }

    /// <summary>Share of all parcels each terminal's surroundings draw.</summary>
    public IReadOnlyList<double> PullShares { get; }

    /// <summary>Up to two other terminals within a walk, nearest first.</summary>
    public IReadOnlyList<int[]> Nearby { get; }

    public int PickTerminal(Draws draws) => draws.PickByRunningSum(_runningPull);

    /// <summary>A building of the terminal's surroundings: its number from 1 and where it stands.</summary>
    public (int Number, GeoPoint Location) PickBuilding(Draws draws, int terminal)
    {
        var number = draws.Integer(0, BuildingsPerTerminal);
        return (number + 1, _buildings[(terminal * BuildingsPerTerminal) + number]);
    }

    private static int[][] FindNearby(IReadOnlyList<Terminal> terminals)
    {
        // A sweep along the longitude: only terminals within a walk's width of each other are compared.
        const double walkDegrees = 0.0112;
        var order = Enumerable.Range(0, terminals.Count).OrderBy(i => terminals[i].Location.Lon).ToArray();
        var near = terminals.Select(_ => new List<(double Metres, int Index)>()).ToArray();
        for (var a = 0; a < order.Length; a++)
        {
            for (var b = a + 1; b < order.Length && terminals[order[b]].Location.Lon - terminals[order[a]].Location.Lon < walkDegrees; b++)
            {
                var metres = terminals[order[a]].Location.MetresTo(terminals[order[b]].Location);
                if (metres > WalkMetres) continue;
                near[order[a]].Add((metres, order[b]));
                near[order[b]].Add((metres, order[a]));
            }
        }

        return [.. near.Select(list => list.Order().Take(2).Select(n => n.Index).ToArray())];
    }
}
