using Logistics.Routing.Search;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Tests.Search;

/// <summary>Pricing a route is timing it without its times; from the start it names, the route costs just that.</summary>
public sealed class WalkPriceTests
{
    [Fact]
    public void Priced_routes_cost_what_timed_ones_do_and_so_they_do_from_the_start_named()
    {
        int walked = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var problem = RandomProblems.Make(seed, jobs: 20);
            var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 40, Seed = 2 }, TestContext.Current.CancellationToken).Plan;
            var compiled = new CompiledProblem(problem);
            var solution = new Solution(compiled);
            solution.Begin();
            new WarmStarter(compiled, solution).Load(plan);
            solution.Commit();
            for (int v = 0; v < compiled.Vehicles.Length; v++)
            {
                if (!solution.Routes[v].IsUsed || !compiled.Vehicles[v].NeedsWalk) continue;
                solution.Slots.Lift(v);
                solution.ListTo(solution.Walk, v);
                long timed = solution.Walk.Time(hint: solution.Routes[v].Begin);
                int begin = solution.Walk.Begin;
                solution.ListTo(solution.Walk, v);
                long priced = solution.Walk.Price(solution.Routes[v].Begin);
                Assert.Equal(timed, priced);
                if (timed != Walk.Infeasible)
                {
                    Assert.Equal(begin, solution.Walk.Begin);
                    Assert.Equal(timed, solution.Walk.TimeFrom(begin));
                    walked++;
                }

                solution.Slots.Lower(v);
            }
        }

        Assert.True(walked > 30, $"only {walked} routes were walked");
    }
}
