using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Classic;

/// <summary>Leaves out, eight at a time, the neighbours beside which a visit has no room, may not be served, or costs too much however short the far leg is.</summary>
/// <remarks>
/// Of forty neighbours two to six are worth a price, and which ones the processor cannot guess: a branch on each cost more than all arithmetic. What remains is judged as if nobody had looked: a place that
/// would be taken is never left out, and where the processor has no gathers a loop does the same.
/// </remarks>
internal sealed class NeighbourSieve<TLegs>
    where TLegs : struct, IClassicLegs
{
    /// <summary>Most blocks looked at together.</summary>
    public const int MostBlocks = 4;

    private const int Boundless = int.MaxValue;

    // More than products of single precision are off by: nothing that costs less may fall to rounding.
    private const float Margin = 1.000001f;

    // Kinds are told apart by the bits of a number.
    private const int MostKinds = 32;

    private readonly ClassicProblem _problem;
    private readonly ClassicNeighbours _neighbours;
    private readonly Gap[] _gaps;
    private readonly RouteSum[] _sums;
    private readonly int[] _kindOf;
    private readonly int _visits;
    private readonly IdleVehicles _idle;

    // Of each kind, those that may take its routes over, a bit each.
    private readonly int[] _kinOf;

    // No route can be handed over to a vehicle with more room.
    private readonly bool _isRoomKnown;
    private readonly bool _asksKinds;
    private readonly bool _asksKin;

    // Of each route, where none changes hands and legs cost it more or less than others; empty otherwise.
    private readonly float[] _rateOf;
    private int _visit;
    private int _demand;
    private uint _kinds;
    private int _takers;
    private int _leastInto;
    private int _leastOnward;

    public NeighbourSieve(ClassicProblem problem, ClassicNeighbours neighbours, ClassicRoutes<TLegs> routes)
    {
        (_problem, _neighbours, _gaps, _sums, _kindOf, _visits) = (problem, neighbours, routes.Gaps, routes.Sums, problem.KindOf, problem.VisitCount);
        _isRoomKnown = !problem.HasSizes;
        _asksKinds = TLegs.HasKinds && problem.Serves is not null && problem.KindCount <= MostKinds;
        _asksKin = _asksKinds && problem.HasKin;
        IsEntryKnown = !problem.HasKin && (problem.Serves is null || _asksKinds);
        _idle = routes.Idle;
        _kinOf = new int[_asksKin ? problem.KindCount : 0];
        for (int kind = 0; kind < _kinOf.Length; kind++)
            foreach (int other in problem.Source.Kin.Of(kind)) _kinOf[kind] |= 1 << other;
        _rateOf = TLegs.HasRates && _isRoomKnown && problem.Rate.Min() > 0 ? [.. problem.Rate.Select(rate => (float)rate)] : [];
    }

    private bool IsRated => TLegs.HasRates && _rateOf.Length > 0;

    /// <summary>True when every route beside a neighbour that is left has room for the visit and may serve it.</summary>
    public bool IsEntryKnown { get; }

    public void Begin(int visit, int demand)
    {
        (_visit, _demand, _kinds) = (visit, demand, (uint)_problem.KindsOf(visit));
        (_leastInto, _leastOnward) = _neighbours.LeastLegs(visit);
        if (_asksKin) _takers = (int)(_kinds & _idle.Classes);
    }

    /// <summary>What is worth a closer look in some blocks of the visit's neighbours, a bit each; where a price is beyond all costs, empty cells among it.</summary>
    /// <typeparam name="TEnds">Only gaps at a depot count.</typeparam>
    /// <param name="from">First block.</param>
    /// <param name="to">The one behind the last; at most <see cref="MostBlocks"/> further.</param>
    /// <param name="price">What the place must cost less than.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe uint Sift<TEnds>(NeighbourTable table, int from, int to, long price)
        where TEnds : struct, IFeature
    {
        var limits = FindLimits(price);
        uint found = 0;
        fixed (Gap* gaps = _gaps)
        fixed (RouteSum* sums = _sums)
        fixed (int* kindOf = _kindOf)
        fixed (int* kinOf = _kinOf)
        fixed (float* rateOf = _rateOf)
        {
            for (int block = to - 1; block >= from; block--)
            {
                ref int cells = ref table.BlockOf(_visit, block);
                found = (found << NeighbourTable.BlockSize) | (Avx2.IsSupported
                    ? Sift<TEnds>(ref cells, gaps, sums, kindOf, kinOf, rateOf, limits)
                    : SiftOneByOne<TEnds>(MemoryMarshal.CreateReadOnlySpan(ref cells, NeighbourTable.BlockLength), limits));
            }
        }

        return found;
    }

    /// <summary>The same for one block without gathers.</summary>
    public uint SiftOneByOne<TEnds>(NeighbourTable table, int block, long price)
        where TEnds : struct, IFeature => SiftOneByOne<TEnds>(MemoryMarshal.CreateReadOnlySpan(ref table.BlockOf(_visit, block), NeighbourTable.BlockLength), FindLimits(price));

    private uint SiftOneByOne<TEnds>(ReadOnlySpan<int> cells, in Limits limits)
        where TEnds : struct, IFeature
    {
        uint found = 0;
        for (int i = 0; i < NeighbourTable.BlockSize; i++)
        {
            ref readonly var gap = ref _gaps[Math.Max(0, cells[i])];
            int route = Math.Max(0, gap.Route);
            int into = cells[i + NeighbourTable.BlockSize] - gap.LegCost, onward = cells[i + (2 * NeighbourTable.BlockSize)] - gap.LegCostInto;
            bool isCheaper = ((IsRated ? ((float)into + _leastOnward) * _rateOf[route] < limits.Price : into < limits.Behind) && (!TEnds.IsOn || gap.Next >= _visits))
                || ((IsRated ? ((float)onward + _leastInto) * _rateOf[route] < limits.Price : onward < limits.InFront) && (!TEnds.IsOn || gap.Previous >= _visits));
            found |= (isCheaper && MayEnter(route) ? 1u : 0u) << i;
        }

        return found;
    }

    private bool MayEnter(int route)
    {
        ref readonly var sum = ref _sums[route];
        if (_isRoomKnown && sum.Room < _demand) return false;
        int kind = _kindOf[route];
        return !_asksKinds || (_kinds >> kind & 1) != 0 || (_asksKin && (sum.Kinds & (uint)(_kinOf[kind] & _takers)) != 0);
    }

    // Unsafe because a gather takes addresses; every node of a table has a gap, every route a sum and a kind.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private unsafe uint Sift<TEnds>(ref int cells, Gap* gaps, RouteSum* sums, int* kindOf, int* kinOf, float* rateOf, in Limits limits)
        where TEnds : struct, IFeature
    {
        var at = Vector256.Max(Vector256.LoadUnsafe(ref cells), Vector256<int>.Zero) * (sizeof(Gap) / sizeof(int));
        var into = Vector256.LoadUnsafe(ref cells, NeighbourTable.BlockSize) - Avx2.GatherVector256(&gaps->LegCost, at, sizeof(int));
        var onward = Vector256.LoadUnsafe(ref cells, 2 * NeighbourTable.BlockSize) - Avx2.GatherVector256(&gaps->LegCostInto, at, sizeof(int));
        var route = Vector256<int>.Zero;
        if (_isRoomKnown || _asksKinds) route = Vector256.Max(Avx2.GatherVector256(&gaps->Route, at, sizeof(int)), Vector256<int>.Zero);
        Vector256<int> isBehind, isInFront;
        if (IsRated)
        {
            var rate = Avx2.GatherVector256(rateOf, route, sizeof(float));
            var price = Vector256.Create(limits.Price);
            isBehind = Vector256.LessThan((Vector256.ConvertToSingle(into) + Vector256.Create((float)_leastOnward)) * rate, price).AsInt32();
            isInFront = Vector256.LessThan((Vector256.ConvertToSingle(onward) + Vector256.Create((float)_leastInto)) * rate, price).AsInt32();
        }
        else
        {
            isBehind = Vector256.LessThan(into, Vector256.Create(limits.Behind));
            isInFront = Vector256.LessThan(onward, Vector256.Create(limits.InFront));
        }

        if (TEnds.IsOn)
        {
            isBehind &= Vector256.GreaterThanOrEqual(Avx2.GatherVector256(&gaps->Next, at, sizeof(int)), Vector256.Create(_visits));
            isInFront &= Vector256.GreaterThanOrEqual(Avx2.GatherVector256(&gaps->Previous, at, sizeof(int)), Vector256.Create(_visits));
        }

        var found = isBehind | isInFront;
        if (!_isRoomKnown && !_asksKinds) return found.ExtractMostSignificantBits();
        var sum = route * (sizeof(RouteSum) / sizeof(int));
        if (_isRoomKnown) found &= Vector256.GreaterThanOrEqual(Avx2.GatherVector256(&sums->Room, sum, sizeof(int)), Vector256.Create(_demand));
        if (_asksKinds)
        {
            var kind = Avx2.GatherVector256(kindOf, route, sizeof(int));
            var serves = Vector256.ShiftLeft(Avx2.ShiftRightLogicalVariable(Vector256.Create(_kinds), kind.AsUInt32()), MostKinds - 1).AsInt32();
            if (_asksKin)
            {
                // Where the processor's numbers begin with their lowest byte, the first half holds the first 32 kinds.
                var takers = Avx2.GatherVector256((int*)&sums->Kinds, sum, sizeof(int)) & Avx2.GatherVector256(kinOf, kind, sizeof(int)) & Vector256.Create(_takers);
                serves |= ~Vector256.Equals(takers, Vector256<int>.Zero);
            }

            found &= serves;
        }

        return found.ExtractMostSignificantBits();
    }

    /// <summary>What must cost less than the price looked for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Limits FindLimits(long price)
    {
        if (IsRated) return new Limits(Boundless, Boundless, price >= Boundless ? float.PositiveInfinity : (price + Math.Abs(price * (Margin - 1))) + 1);
        return new Limits(FindLimit(price, _leastOnward), FindLimit(price, _leastInto), 0);
    }

    /// <summary>What the near leg, less the leg it replaces, must cost less than.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FindLimit(long price, int leastFarLeg)
    {
        // What another vehicle would save on the whole route is not known here.
        if (TLegs.HasRates) return Boundless;
        return price >= Boundless ? Boundless : (int)price - leastFarLeg;
    }

    /// <param name="Behind">For the leg from a neighbour, less the leg it replaces.</param>
    /// <param name="InFront">For the leg to a neighbour, likewise.</param>
    /// <param name="Price">For both legs, where each route has a rate of its own.</param>
    private readonly record struct Limits(int Behind, int InFront, float Price);
}
