using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>Daily volumes before the demo day: terminal × partner × size, with weekday pattern, holidays, festivals, growth and noise.</summary>
internal static class DemoHistory
{
    private static readonly double[] SizeShares = [0.48, 0.34, 0.14, 0.04];

    /// <param name="terminalMeans">Parcels an ordinary day brings to each terminal.</param>
    /// <param name="doorMean">Parcels an ordinary day brings to doors.</param>
    public static IReadOnlyList<DailyVolume> Build(
        Draws draws, NetworkSnapshot network, DateOnly day, int days, IReadOnlyList<double> terminalMeans, double doorMean)
    {
        var rows = new List<DailyVolume>();
        // A terminal keeps its own taste: some draw more from the supermarket, some from the carriers.
        var tastes = network.Terminals.Select(t => Taste(draws, network, t)).ToArray();
        var doorTaste = DemoNetwork.PartnerShares;
        for (var d = days; d >= 1; d--)
        {
            var date = day.AddDays(-d);
            // 20 % growth a year, and a city-wide mood of the day (weather, traffic) that all terminals share.
            var factor = DemoCalendar.VolumeFactor(network.DayOn(date)) * (1 - (0.20 * d / 365)) * draws.LogNormal(1, 0.05);
            for (var t = 0; t < network.Terminals.Count; t++) AddRows(rows, draws, date, network.Terminals[t].Id, terminalMeans[t] * factor, tastes[t], network.Partners);
            AddRows(rows, draws, date, null, doorMean * factor, doorTaste, network.Partners);
        }

        return rows;
    }

    private static double[] Taste(Draws draws, NetworkSnapshot network, Terminal terminal)
    {
        var shares = network.Partners.Select((p, i) => terminal.Allows(p.Id) ? DemoNetwork.PartnerShares[i] * draws.LogNormal(1, 0.25) : 0).ToArray();
        var sum = shares.Sum();
        return [.. shares.Select(s => s / sum)];
    }

    private static void AddRows(List<DailyVolume> rows, Draws draws, DateOnly day, string? terminalId, double mean, double[] shares, IReadOnlyList<Partner> partners)
    {
        for (var p = 0; p < partners.Count; p++)
        {
            for (var size = SizeClass.S; size <= SizeClass.XL; size++)
            {
                var parcels = draws.Poisson(mean * shares[p] * SizeShares[(int)size]);
                if (parcels > 0) rows.Add(new DailyVolume(day, terminalId, partners[p].Id, size, parcels));
            }
        }
    }
}
