using Logistics.OrTools.Modelling;
using Logistics.OrTools.Protocol;

namespace Logistics.OrTools.Tests;

internal static class Models
{
    /// <summary>A knapsack: values 60, 100, 120 at weights 10, 20, 30 and capacity 50. Best is 100 + 120 = 220.</summary>
    public static CpModelProto Knapsack()
    {
        var model = new CpModelBuilder("knapsack");
        var x = Enumerable.Range(0, 3).Select(_ => model.NewBool()).ToArray();
        model.AddLinear(new LinearSum().Add(x[0], 10).Add(x[1], 20).Add(x[2], 30), CpModelBuilder.NoMin, 50);
        // Maximising, as a minimisation of the negative.
        model.Minimize(new LinearSum().Add(x[0], -60).Add(x[1], -100).Add(x[2], -120));
        return model.Model;
    }

    /// <summary>Ten dense random knapsack rows over a hundred items: minutes to optimality, a solution within a second.</summary>
    public static CpModelProto Hard()
    {
        var random = new Random(7);
        var model = new CpModelBuilder("hard");
        var x = Enumerable.Range(0, 100).Select(_ => model.NewBool()).ToArray();
        for (var row = 0; row < 10; row++)
        {
            var sum = new LinearSum();
            foreach (var item in x) sum.Add(item, random.Next(1, 100));
            model.AddLinear(sum, CpModelBuilder.NoMin, 2500);
        }

        var objective = new LinearSum();
        foreach (var item in x) objective.Add(item, -random.Next(50, 150));
        model.Minimize(objective);
        return model.Model;
    }

    /// <summary>x1 ∨ x2, ¬x1, ¬x2.</summary>
    public static CpModelProto Contradiction()
    {
        var model = new CpModelBuilder("contradiction");
        var (a, b) = (model.NewBool(), model.NewBool());
        model.AddOr(a, b);
        model.Fix(a.Not);
        model.Fix(b.Not);
        return model.Model;
    }

    /// <summary>A constraint over a variable that does not exist.</summary>
    public static CpModelProto Malformed()
    {
        var model = new CpModelBuilder("malformed");
        model.AddOr(new Literal(5));
        return model.Model;
    }
}
