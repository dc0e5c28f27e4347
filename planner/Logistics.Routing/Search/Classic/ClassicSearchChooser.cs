using Logistics.Routing.Search.Moves;

namespace Logistics.Routing.Search.Classic;

/// <summary>Chooses the search whose machine code knows just the features a problem has.</summary>
internal readonly struct ClassicSearchChooser(ClassicProblem problem, ClassicNeighbours neighbours, InsertionOrder order, Rng rng)
{
    public ClassicSearch Choose()
    {
        var legs = problem.Source.Vehicles[0].Legs;
        if (problem.Costs is not { } costs || problem.CostsInto is not { } costsInto)
        {
            int perMetre = (int)problem.Pricing.PerMetre, perSecond = (int)problem.Pricing.PerSecond;
            return problem.HasTimes ? WithKinds(new DistantLegs(legs, perMetre, perSecond)) : WithKinds(new DistantTimelessLegs(legs, perMetre, perSecond));
        }

        if (!problem.HasTimes) return WithKinds(new TimelessLegs(costs, costsInto, legs.Stride));
        if (problem.HasBands) return WithKinds(new BandedLegs(costs, costsInto, legs.Stride, legs));
        return ReferenceEquals(costs, legs.Durations)
            ? WithKinds(new SharedLegs(costs, costsInto, legs.Stride))
            : WithKinds(new TimedLegs(costs, costsInto, legs.Durations!, legs.Stride));
    }

    private ClassicSearch WithKinds<TLegs>(TLegs legs)
        where TLegs : struct, IClassicLegs =>
        problem.HasTrips ? (problem.HasKinds ? Make<TLegs, TripFeatures<On>>(legs) : Make<TLegs, TripFeatures<Off>>(legs))
        : problem.HasStays ? WithShares<TLegs, On>(legs)
        : problem.HasShares ? WithShares<TLegs, Off>(legs)
        : problem.HasRates ? WithDurations<TLegs, On, On>(legs)
        : problem.HasKinds ? WithDurations<TLegs, On, Off>(legs) : WithDurations<TLegs, Off, Off>(legs);

    private ClassicSearch WithShares<TLegs, TStays>(TLegs legs)
        where TLegs : struct, IClassicLegs
        where TStays : struct, IFeature =>
        problem.HasGroups
            ? (problem.HasShares ? Make<TLegs, OptionFeatures<On, TStays, On>>(legs) : Make<TLegs, OptionFeatures<On, TStays, Off>>(legs))
            : (problem.HasShares ? Make<TLegs, OptionFeatures<Off, TStays, On>>(legs) : Make<TLegs, OptionFeatures<Off, TStays, Off>>(legs));

    private ClassicSearch WithDurations<TLegs, TKinds, TRates>(TLegs legs)
        where TLegs : struct, IClassicLegs
        where TKinds : struct, IFeature
        where TRates : struct, IFeature =>
        problem.HasDurations ? WithGroups<TLegs, TKinds, TRates, On>(legs) : WithGroups<TLegs, TKinds, TRates, Off>(legs);

    private ClassicSearch WithGroups<TLegs, TKinds, TRates, TDurations>(TLegs legs)
        where TLegs : struct, IClassicLegs
        where TKinds : struct, IFeature
        where TRates : struct, IFeature
        where TDurations : struct, IFeature =>
        problem.HasGroups ? Make<TLegs, KindFeatures<TKinds, TRates, TDurations, On>>(legs)
        : TKinds.IsOn || TDurations.IsOn ? Make<TLegs, KindFeatures<TKinds, TRates, TDurations, Off>>(legs)
        : Make(legs);

    private ClassicSearch<FeaturedLegs<TLegs, TFeatures>> Make<TLegs, TFeatures>(TLegs legs)
        where TLegs : struct, IClassicLegs
        where TFeatures : struct, IFeatureSet =>
        Make(new FeaturedLegs<TLegs, TFeatures>(legs));

    private ClassicSearch<TLegs> Make<TLegs>(TLegs legs)
        where TLegs : struct, IClassicLegs => new(problem, neighbours, legs, order, rng);
}
