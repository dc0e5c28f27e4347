using System.Text;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Topics;

namespace Logistics.Mqtt.Tests;

public sealed class TopicTests
{
    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/b", "a/c", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("a/+", "a/", true)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("#", "a/b", true)]
    [InlineData("+/b", "/b", true)]
    [InlineData("+", "/b", false)]
    [InlineData("/+", "/b", true)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("a//b", "a//b", true)]
    [InlineData("a/+/b", "a//b", true)]
    [InlineData("a/b/#", "a", false)]
    public void Filter_matches_names(string filter, string topic, bool matches)
    {
        Assert.Equal(matches, TopicRules.Matches(Encoding.UTF8.GetBytes(filter), Encoding.UTF8.GetBytes(topic)));
        Assert.Equal(matches, MatchesInTree(filter, topic));
        Assert.Equal(matches, MatchesRetained(filter, topic));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("#", true)]
    [InlineData("+/#", true)]
    [InlineData("", false)]
    [InlineData("a#", false)]
    [InlineData("#/a", false)]
    [InlineData("a/b+", false)]
    [InlineData("ab/+e", false)]
    [InlineData("$share/g/a/#", true)]
    [InlineData("$share/g", false)]
    [InlineData("$share//a", false)]
    [InlineData("$share/g+/a", false)]
    [InlineData("$share/g/", false)]
    public void Filter_is_valid(string filter, bool isValid) => Assert.Equal(isValid, SharedFilter.TryParse(Encoding.UTF8.GetBytes(filter), out _));

    [Fact]
    public void Tree_agrees_with_the_rules_on_random_filters()
    {
        var random = new Random(7);
        string[] levels = ["a", "b", "", "+", "c"];
        for (var i = 0; i < 20_000; i++)
        {
            var filter = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(levels.Length)])) + (random.Next(3) == 0 ? "/#" : "");
            var topic = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(3)]));
            if (topic.Length == 0 || filter.Length == 0)
            {
                continue;
            }

            var expected = TopicRules.Matches(Encoding.UTF8.GetBytes(filter), Encoding.UTF8.GetBytes(topic));
            Assert.True(expected == MatchesInTree(filter, topic), $"tree: {filter} and {topic}, expected {expected}");
            Assert.True(expected == MatchesRetained(filter, topic), $"retained: {filter} and {topic}, expected {expected}");
        }
    }

    [Fact]
    public void Tree_forgets_removed_filters_and_their_nodes()
    {
        var tree = new SubscriptionTree<Subscriber>();
        var subscriber = new Subscriber();
        tree.Add(new Subscription<Subscriber>(subscriber, "a/b/c"u8.ToArray(), default, 0));
        tree.Add(new Subscription<Subscriber>(subscriber, "a/b"u8.ToArray(), default, 0));
        Assert.True(tree.Remove("a/b/c"u8, subscriber));
        Assert.False(tree.Remove("a/b/c"u8, subscriber));
        var matches = new List<Subscription<Subscriber>>();
        tree.Match("a/b/c"u8, matches);
        Assert.Empty(matches);
        tree.Match("a/b"u8, matches);
        Assert.Single(matches);
        Assert.Equal(1, tree.FilterCount);
    }

    [Fact]
    public void Crowd_on_one_filter_comes_and_goes()
    {
        var random = new Random(1);
        var tree = new SubscriptionTree<Subscriber>();
        var crowd = Enumerable.Range(0, 100).Select(_ => new Subscriber()).ToArray();
        var present = new HashSet<Subscriber>();
        for (var i = 0; i < 5000; i++)
        {
            var one = crowd[random.Next(crowd.Length)];
            if (random.Next(2) == 0)
            {
                Assert.Equal(!present.Add(one), tree.Add(new Subscription<Subscriber>(one, "a/+"u8.ToArray(), default, 0)));
            }
            else
            {
                Assert.Equal(present.Remove(one), tree.Remove("a/+"u8, one));
            }

            var matches = new List<Subscription<Subscriber>>();
            tree.Match("a/b"u8, matches);
            Assert.Equal(present.Count, matches.Count);
            Assert.True(present.SetEquals(matches.Select(match => match.Subscriber)));
        }
    }

    [Fact]
    public void Shared_group_takes_turns_among_connected_members()
    {
        var tree = new SubscriptionTree<Subscriber>();
        Subscriber[] members = [new(), new() { IsConnected = false }, new()];
        foreach (var member in members)
        {
            tree.Add(new Subscription<Subscriber>(member, "$share/g/t"u8.ToArray(), default, 0));
        }

        var counts = new int[3];
        for (var i = 0; i < 10; i++)
        {
            var matches = new List<Subscription<Subscriber>>();
            tree.Match("t"u8, matches);
            counts[Array.IndexOf(members, Assert.Single(matches).Subscriber)]++;
        }

        Assert.Equal([5, 0, 5], counts);
    }

    private static bool MatchesInTree(string filter, string topic)
    {
        var tree = new SubscriptionTree<Subscriber>();
        tree.Add(new Subscription<Subscriber>(new Subscriber(), Encoding.UTF8.GetBytes(filter), new SubscriptionOptions(0), 0));
        var matches = new List<Subscription<Subscriber>>();
        tree.Match(Encoding.UTF8.GetBytes(topic), matches);
        return matches.Count == 1;
    }

    private static bool MatchesRetained(string filter, string topic)
    {
        var tree = new RetainedTree<string>();
        tree.Set(Encoding.UTF8.GetBytes(topic), topic);
        var matches = new List<string>();
        tree.Match(Encoding.UTF8.GetBytes(filter), matches);
        return matches.Count == 1;
    }

    private sealed class Subscriber : ISubscriber
    {
        public bool IsConnected { get; init; } = true;
    }
}
