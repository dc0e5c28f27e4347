using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Tests.Search;

/// <summary>Legs of a matrix are driven by reading its arrays; any other profile is asked. Both must say the same.</summary>
public sealed class DrivenLegTests
{
    [Fact]
    public void Legs_driven_by_arrays_equal_legs_driven_by_asking_the_profile()
    {
        var random = new Random(5);
        int crossed = 0, waited = 0;
        for (int round = 0; round < 40; round++)
        {
            int n = 3 + random.Next(4);
            var matrix = Make(random, n);
            // All places as a part: the same legs, but no arrays to read.
            Legs byArrays = new(matrix, new LegArrays()), byAsking = new(new PartTravel(matrix, [.. Enumerable.Range(0, n)], n), new LegArrays());
            Assert.NotNull(byArrays.Raw);
            Assert.Null(byAsking.Raw);
            for (int tries = 0; tries < 400; tries++)
            {
                int from = random.Next(n), to = random.Next(n), ready = random.Next(400);
                bool isDriven = DrivenLeg.TryDrive(byArrays, from, to, ready, out var leg);
                Assert.Equal(DrivenLeg.TryDrive(byAsking, from, to, ready, out var expected), isDriven);
                if (!isDriven) continue;
                Assert.Equal(expected, leg);
                if (ready < 150 && leg.Arrival > 150) crossed++;
                if (leg.Leave > ready) waited++;
            }
        }

        Assert.True(crossed > 100 && waited > 100, $"{crossed} legs met a border and {waited} waited: they say little");
    }

    private static MatrixTravel Make(Random random, int n)
    {
        int[] Draw(int below) => [.. Enumerable.Range(0, n * n).Select(cell => cell / n == cell % n ? 0 : random.Next(10) == 0 ? TravelProfile.Unreachable : random.Next(below))];
        var bands = random.Next(4) == 0 ? null : new TimeBands([50, 150, 300], [[1000, 1600, 700, 1200], [900, 1300, 1000, 800]], random.Next(2) == 0 ? null : [.. Enumerable.Range(0, n * n).Select(_ => (byte)random.Next(2))]);
        bool hasDetours = random.Next(2) == 0;
        var closures = bands is not null && random.Next(3) == 0
            ? null
            : new LegClosures([.. Enumerable.Range(0, n * n).Select(_ => (ushort)random.Next(3))], [[new ClosedInterval(100, 180)], [new ClosedInterval(20, 40), new ClosedInterval(200, 260)]], hasDetours ? Draw(200) : null, hasDetours ? Draw(200) : null);
        return new MatrixTravel(n, Draw(120), Draw(120)) { Bands = bands, Closures = closures };
    }
}
