using System.Net;
using System.Net.Sockets;
using Logistics.Domain;
using Logistics.Planning.Travel;
using Logistics.Routing.Model;

namespace Logistics.Planning.Tests.Travel;

public sealed class OsrmTests
{
    private static readonly GeoPoint[] Grid = [.. Enumerable.Range(0, 23).Select(i => new GeoPoint(116.3 + (0.01 * (i % 5)), 39.9 + (0.01 * (i / 5))))];

    private static OsrmTimes Client(HttpMessageHandler server, int maxCoordinates = 100) =>
        new(new HttpClient(server), new OsrmSettings { BaseAddress = new Uri("http://router.test/"), MaxTableCoordinates = maxCoordinates });

    [Theory]
    [InlineData(100)]
    [InlineData(10)]
    [InlineData(3)]
    public async Task Table_is_the_same_however_it_is_cut_into_requests(int maxCoordinates)
    {
        using var server = new FakeOsrm { MaxTableSize = maxCoordinates };

        var travel = (await Client(server, maxCoordinates).BuildTableAsync(Grid, TestContext.Current.CancellationToken)).ToProfile();

        Assert.True(server.LargestRequest <= maxCoordinates);
        for (var a = 0; a < Grid.Length; a++)
        {
            for (var b = 0; b < Grid.Length; b++)
            {
                Assert.Equal((int)Math.Ceiling(FakeOsrm.Seconds(Grid[a], Grid[b])), travel.Duration(a, b));
                Assert.Equal((int)Math.Ceiling(FakeOsrm.Seconds(Grid[a], Grid[b]) * 2), travel.Distance(a, b));
            }
        }
    }

    [Fact]
    public async Task Null_duration_means_unreachable()
    {
        using var server = new FakeOsrm { IsCut = (a, b) => a == Grid[0] && b == Grid[1] };

        var travel = (await Client(server).BuildTableAsync(Grid, TestContext.Current.CancellationToken)).ToProfile();

        Assert.Equal(TravelProfile.Unreachable, travel.Duration(0, 1));
        Assert.Equal(TravelProfile.Unreachable, travel.Distance(0, 1));
        Assert.Equal(100, travel.Duration(1, 0));
    }

    [Fact]
    public async Task Route_gives_the_line_to_draw()
    {
        using var server = new FakeOsrm();

        var line = await Client(server).BuildLineAsync([Grid[0], Grid[1], Grid[2]], TestContext.Current.CancellationToken);

        Assert.Equal([Grid[0], Grid[1], Grid[2]], line.Points);
        Assert.Equal(200, line.Seconds, 3);
        Assert.Equal(400, line.Metres, 3);
    }

    [Theory]
    [InlineData("<html>busy</html>", "not JSON")]
    [InlineData("""{"code":"NoTable","message":"none"}""", "code NoTable: none")]
    [InlineData("""{"code":"Ok","durations":[[1]],"distances":[[1]]}""", "not 23 × 23")]
    [InlineData("""{"code":"Ok","durations":"x"}""", "not 23 × 23")]
    [InlineData("[]", "code missing")]
    public async Task Nonsense_is_one_clear_error_that_names_the_fallback(string answer, string expected)
    {
        using var server = new FakeOsrm { Garbage = answer };

        var error = await Assert.ThrowsAsync<TravelUnavailableException>(() => Client(server).BuildTableAsync(Grid, TestContext.Current.CancellationToken));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("http://router.test/", error.Message, StringComparison.Ordinal);
        Assert.Contains("great-circle", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_is_not_there_is_one_clear_error()
    {
        // A port that was free a moment ago and listens to nobody.
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        var osrm = new OsrmTimes(client, new OsrmSettings { BaseAddress = new Uri($"http://127.0.0.1:{port}") });

        var error = await Assert.ThrowsAsync<TravelUnavailableException>(() => osrm.BuildTableAsync(Grid, TestContext.Current.CancellationToken));

        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
    }
}
