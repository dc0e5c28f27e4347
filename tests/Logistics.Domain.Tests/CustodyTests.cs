using FsCheck;
using FsCheck.Fluent;

namespace Logistics.Domain.Tests;

public sealed class CustodyTests
{
    private static readonly Holder Hub = new(HolderKind.Hub, "hub_1");
    private static readonly Holder Van = new(HolderKind.Vehicle, "veh_1");
    private static readonly Holder Box = new(HolderKind.Compartment, "cmp_1");
    private static readonly Holder Person = new(HolderKind.Recipient, "par_1");

    private static CustodyEvent Event(int minute, Holder? from, Holder to, string? id = null, string parcel = "par_1") =>
        new(id ?? $"dev/1/{minute}", parcel, Samples.Now.AddMinutes(minute), from, to, "cou_1");

    private static CustodyState Fold(params IEnumerable<CustodyEvent> events) => CustodyFold.Of("par_1", Hub, events);

    [Fact]
    public void Clean_day_ends_with_the_recipient_and_no_conflict()
    {
        var state = Fold(Event(1, Hub, Van), Event(30, Van, Box), Event(300, Box, Person));
        Assert.Equal((Person, "dev/1/300", true), (state.Holder, state.LastEventId, state.WasLoaded));
        Assert.Empty(state.Conflicts);
    }

    [Fact]
    public void Clock_that_runs_ahead_does_not_reverse_the_journey()
    {
        // The handheld's load scan claims minute 40, ten minutes after the locker saw the deposit.
        var state = Fold(Event(40, Hub, Van), Event(30, Van, Box));
        Assert.Equal(Box, state.Holder);
        Assert.Empty(state.Conflicts);
    }

    [Fact]
    public void Missing_scan_is_a_conflict_and_the_parcel_is_where_it_was_last_seen()
    {
        var state = Fold(Event(30, Van, Box));
        Assert.Equal(Box, state.Holder);
        Assert.Equal(CustodyConflictKind.MissingLink, Assert.Single(state.Conflicts).Kind);
    }

    [Fact]
    public void Scan_after_delivery_does_not_take_the_parcel_back_but_a_named_return_does()
    {
        CustodyEvent[] delivered = [Event(1, Hub, Van), Event(30, Van, Person)];
        var noisy = Fold([.. delivered, Event(31, null, Van)]);
        Assert.Equal((Person, CustodyConflictKind.AfterDelivery), (noisy.Holder, Assert.Single(noisy.Conflicts).Kind));
        Assert.Equal(Van, Fold([.. delivered, Event(31, Person, Van)]).Holder);
    }

    [Fact]
    public void Two_reports_of_one_deposit_keep_the_first_time()
    {
        var state = Fold(Event(1, Hub, Van), Event(30, null, Box, "scan"), Event(31, Van, Box, "door"));
        Assert.Equal((Box, Samples.Now.AddMinutes(30)), (state.Holder, state.Since));
    }

    [Fact]
    public void Compartment_claimed_twice_keeps_the_later_parcel_and_displaces_the_earlier_one()
    {
        var first = CustodyFold.Of("par_1", Hub, [Event(1, Hub, Van, "a"), Event(30, Van, Box, "b")]);
        var second = CustodyFold.Of("par_2", Hub, [Event(2, Hub, Van, "c", "par_2"), Event(60, Van, Box, "d", "par_2")]);

        foreach (var claims in new[] { new[] { first, second }, [second, first] })
        {
            var settled = CustodyFold.Settle(claims, _ => "ter_1").ToDictionary(s => s.ParcelId);
            Assert.Equal(Box, settled["par_2"].Holder);
            Assert.Equal(new Holder(HolderKind.Terminal, "ter_1"), settled["par_1"].Holder);
            Assert.Equal(CustodyConflictKind.CompartmentShared, Assert.Single(settled["par_1"].Conflicts).Kind);
        }
    }

    /// <summary>Random hand-overs among few holders, so that loops, gaps, equal times and shared boxes are common.</summary>
    private static Gen<List<CustodyEvent>> Histories()
    {
        var holders = Gen.Elements(Hub, Van, new Holder(HolderKind.Vehicle, "veh_2"), Box, new Holder(HolderKind.Compartment, "cmp_2"), Person);
        var one =
            from minute in Gen.Choose(0, 12)
            from isKnown in Gen.Elements(true, true, false)
            from giver in holders
            from to in holders
            from parcel in Gen.Elements("par_1", "par_2", "par_3")
            from number in Gen.Choose(0, 25)
            select Event(minute, isKnown ? giver : null, to, $"e{number}/{parcel}", parcel);
        return from events in one.ListOf() select events.DistinctBy(e => e.EventId).ToList();
    }

    private static string Outcome(IEnumerable<CustodyEvent> events)
    {
        var all = events.ToList();
        var states = all.Select(e => e.ParcelId).Distinct().Order(StringComparer.Ordinal).Select(p => CustodyFold.Of(p, Hub, all.Where(e => e.ParcelId == p))).ToList();
        return DomainJson.Write(CustodyFold.Settle(states, _ => "ter_1"));
    }

    [Fact]
    public void Any_order_and_any_duplicates_lead_to_the_same_state()
    {
        var property = Prop.ForAll(
            (from events in Histories() from seed in Gen.Choose(0, int.MaxValue) select (events, seed)).ToArbitrary(),
            sample =>
            {
                var random = new Random(sample.seed);
                var disturbed = sample.events.Concat(sample.events.Where(_ => random.Next(3) == 0)).ToArray();
                random.Shuffle(disturbed);
                return Outcome(sample.events) == Outcome(disturbed);
            });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), property);
    }

    [Fact]
    public void Every_parcel_has_one_holder_and_every_compartment_at_most_one_parcel()
    {
        var property = Prop.ForAll(Histories().ToArbitrary(), events =>
        {
            var states = events.Select(e => e.ParcelId).Distinct().Select(p => CustodyFold.Of(p, Hub, events.Where(e => e.ParcelId == p))).ToList();
            var settled = CustodyFold.Settle(states, _ => "ter_1");
            var boxes = settled.Where(s => s.Holder.Kind == HolderKind.Compartment).Select(s => s.Holder.Id).ToList();
            return settled.Count == states.Count && boxes.Count == boxes.Distinct().Count() && settled.All(s => s.Holder.Id.Length > 0)
                && settled.All(s => s.Holder == Hub || s.LastEventId is not null);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), property);
    }

    [Fact]
    public void Any_tampering_breaks_the_chain_at_its_place()
    {
        var links = new List<CustodyLink>();
        foreach (var e in new[] { Event(1, Hub, Van), Event(30, Van, Box), Event(300, Box, Person) }) links.Add(CustodyChain.Append(links.LastOrDefault(), e, e.At));
        Assert.Null(CustodyChain.FindBreak(links));

        Assert.Equal(1, CustodyChain.FindBreak([links[0], links[1] with { Event = links[1].Event with { Actor = "cou_2" } }, links[2]]));
        Assert.Equal(1, CustodyChain.FindBreak([links[0], links[1] with { RecordedAt = Samples.Now }, links[2]]));
        Assert.Equal(1, CustodyChain.FindBreak([links[0], links[2]]));
        Assert.Equal(0, CustodyChain.FindBreak([links[1], links[2]]));
        Assert.NotEqual(
            CustodyChain.HeadsDigest([("par_1", links[2].Hash)]), CustodyChain.HeadsDigest([("par_1", links[1].Hash)]));
        Assert.Equal(CustodyChain.HeadsDigest([("a", "1"), ("b", "2")]), CustodyChain.HeadsDigest([("b", "2"), ("a", "1")]));
    }
}
