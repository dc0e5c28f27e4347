using Logistics.Routing.Model;

namespace Logistics.Planning.Formats;

/// <summary>VRP with delivery options (Tilk, Olkis &amp; Irnich 2021; Dumez, Lehuédé &amp; Péton 2021).</summary>
/// <remarks>
/// Tilk's instances (names with small, medium or large): ⌈10·d⌉. Dumez's: real distances, here in parts of 10^6 rounded up, so that what is legal here is legal in real numbers.
/// Due times are relaxed by 5 (homes) or 2 (shared locations) and judged on the stop's arrival; parking is paid once per stay; 80 % first and 90 % first or second wishes.
/// Vehicles come first, then distance.
/// </remarks>
public static class VrpdoFormat
{
    private const int TilkScale = 10, DumezScale = 1_000_000;

    public static bool Recognises(string text) => text.Contains("NUMTYPS", StringComparison.Ordinal) && text.Contains("OPTION", StringComparison.Ordinal);

    public static ReadResult<Instance> Read(string text, string name)
    {
        var lines = new NumberLines(text);
        var blocks = ReadBlocks(lines);
        var errors = lines.Errors;
        foreach (string block in new[] { "VEHICLE", "CUSTOMER", "LOCATION", "OPTION" })
            if (!blocks.TryGetValue(block, out var rows) || rows.Count == 0) errors.Add($"A VRPDO file needs a {block} block.");
        if (errors.Count > 0) return ReadResult.Failed<Instance>(errors);

        var (customers, locations, options) = (blocks["CUSTOMER"], blocks["LOCATION"], blocks["OPTION"]);
        CheckIds(customers, "customer", errors);
        CheckIds(locations, "location", errors);
        foreach (var option in options)
        {
            if (!IsIndex(option[1], locations.Count)) errors.Add($"Option {option[0]}: location {option[1]} is not in [0, {locations.Count}).");
            if (!IsIndex(option[2], customers.Count)) errors.Add($"Option {option[0]}: customer {option[2]} is not in [0, {customers.Count}).");
        }

        for (int customer = 0; customer < customers.Count; customer++)
            if (!options.Exists(o => (int)o[2] == customer)) errors.Add($"Customer {customer} has no delivery option.");
        return errors.Count > 0 ? ReadResult.Failed<Instance>(errors) : ReadResult.Of(Build(name, (long)blocks["VEHICLE"][0][1], customers, locations, options));
    }

    private static Dictionary<string, List<double[]>> ReadBlocks(NumberLines lines)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal) { ["VEHICLE"] = 2, ["CUSTOMER"] = 2, ["LOCATION"] = 8, ["OPTION"] = 6 };
        var blocks = new Dictionary<string, List<double[]>>(StringComparer.Ordinal);
        string? current = null;
        foreach (var line in lines.Lines)
        {
            if (columns.ContainsKey(line.Fields[0]))
            {
                current = line.Fields[0];
                blocks[current] = [];
            }
            else if (current is not null && lines.ReadNumbers(line, columns[current], $"a {current} row") is { } row)
            {
                blocks[current].Add(row);
            }
        }

        return blocks;
    }

    private static void CheckIds(List<double[]> rows, string what, List<string> errors)
    {
        for (int i = 0; i < rows.Count; i++)
            if ((int)rows[i][0] != i) errors.Add($"The {what} in row {i} has id {rows[i][0]}, ids must count from 0.");
    }

    private static bool IsIndex(double value, int count) => value >= 0 && value < count;

    private static Instance Build(string name, long capacity, List<double[]> customers, List<double[]> locations, List<double[]> options)
    {
        bool isTilk = name.Contains("small", StringComparison.Ordinal) || name.Contains("medium", StringComparison.Ordinal) || name.Contains("large", StringComparison.Ordinal);
        int scale = isTilk ? TilkScale : DumezScale;
        var resources = new List<SharedResource>();
        var resourceOf = new int[locations.Count];
        for (int place = 0; place < locations.Count; place++)
        {
            resourceOf[place] = -1;
            if (locations[place][3] < 0) continue;
            resourceOf[place] = resources.Count;
            resources.Add(new SharedResource { Id = $"location {place}", CapacityByClass = [(int)locations[place][3]] });
        }

        var alternatives = customers.Select(_ => new List<Alternative>()).ToList();
        var numbers = new Dictionary<int, (int, int, int)>();
        foreach (var option in options)
        {
            int customer = (int)option[2];
            numbers[(int)option[0]] = (customer, alternatives[customer].Count, 0);
            alternatives[customer].Add(ReadOption(option, customers[customer], locations, resourceOf, scale));
        }

        var jobs = alternatives.Select((list, customer) => new Job { Id = $"{customer}", Alternatives = list }).ToList();
        return new Instance
        {
            Name = name,
            Family = "VRPDO",
            Problem = Assemble(name, capacity, locations, resources, jobs, scale),
            // Tilk's published costs are in tenths already.
            CostScale = isTilk ? 1 : DumezScale,
            CostDecimals = isTilk ? 0 : 3,
            IsVehiclesFirst = true,
            Numbers = new VisitNumbers(numbers, new Dictionary<int, int>()),
        };
    }

    private static Alternative ReadOption(double[] option, double[] customer, List<double[]> locations, int[] resourceOf, int scale)
    {
        int place = (int)option[1];
        var location = locations[place];
        double relaxed = location[5] + (location[6] switch { 2 => 5, 1 => 2, _ => 0 });
        return new Alternative
        {
            Id = $"{(int)option[0]}",
            Level = (int)option[3],
            PreferenceCost = Scaling.Round(option[5], scale, PlaneRounding.Ceiling),
            Visits = [new Visit
            {
                Place = place,
                Windows = [new TimeWindow(Scaling.Round(location[4], scale, PlaneRounding.Ceiling), Scaling.Round(relaxed, scale, PlaneRounding.Truncate))],
                IsWindowOnStopArrival = true,
                SetupSeconds = Scaling.Round(location[7], scale, PlaneRounding.Ceiling),
                HandlingSeconds = Scaling.Round(option[4], scale, PlaneRounding.Ceiling),
                Delivery = [(long)customer[1]],
                Uses = resourceOf[place] < 0 ? [] : [new ResourceUse(resourceOf[place], 0)],
            }],
        };
    }

    private static Problem Assemble(string name, long capacity, List<double[]> locations, List<SharedResource> resources, List<Job> jobs, int scale)
    {
        var travel = new EuclideanTravel([.. locations.Select(l => l[1])], [.. locations.Select(l => l[2])], scale, PlaneRounding.Ceiling);
        // One vehicle less must always be worth more than any distance.
        long farthest = Enumerable.Range(0, locations.Count).Max(place => (long)travel.Distance(0, place));
        long vehicleCost = (2 * farthest * jobs.Count) + jobs.Sum(j => j.Alternatives.Max(a => a.PreferenceCost)) + 1;
        var depot = locations[0];
        var shift = new TimeWindow(Scaling.Round(depot[4], scale, PlaneRounding.Ceiling), Scaling.Round(depot[5], scale, PlaneRounding.Truncate));
        return new Problem
        {
            Name = name,
            Places = [.. locations.Select(l => new Place($"{(int)l[0]}", l[1], l[2]))],
            Profiles = [travel],
            Depots = [new Depot { Id = "0", Place = 0 }],
            // The file's vehicle number is not binding.
            Vehicles = [.. Enumerable.Range(1, jobs.Count).Select(v => new Vehicle { Id = $"{v}", Capacity = [capacity], Shift = shift, FixedCost = vehicleCost, CostPerMetre = 1 })],
            Jobs = jobs,
            Resources = resources,
            ServiceLevels = [new ServiceLevel(null, 0, Share(jobs.Count, 80)), new ServiceLevel(null, 1, Share(jobs.Count, 90))],
        };
    }

    private static int Share(int jobs, int percent) => ((jobs * percent) + 99) / 100;
}
