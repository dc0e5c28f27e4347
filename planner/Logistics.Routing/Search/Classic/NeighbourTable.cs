using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>A list of neighbours for each visit, in blocks of eight whose fields lie together, so that <see cref="NeighbourSieve{TLegs}"/> can judge a block at once.</summary>
/// <remarks>Memory: 12 bytes a cell, cells rounded up to whole blocks. Written while it is made only; then safe to read from any thread.</remarks>
/// <param name="count">Most neighbours of a visit.</param>
internal sealed class NeighbourTable(int visits, int count)
{
    public const int BlockSize = 8;

    /// <summary>Numbers in a block: eight nodes, their <see cref="Neighbour.CostInto"/> and their <see cref="Neighbour.CostOnward"/>.</summary>
    public const int BlockLength = Fields * BlockSize;
    private const int Fields = 3;
    private readonly int[] _cells = MakeEmpty(visits * Round(count) / BlockSize);

    /// <summary>Most neighbours of a visit; fewer are followed by node −1.</summary>
    public int Count { get; } = count;
    public int BlockCount { get; } = Round(count) / BlockSize;

    public Neighbour this[int visit, int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref int cell = ref Unsafe.Add(ref BlockOf(visit, index / BlockSize), index % BlockSize);
            return new Neighbour { Node = cell, CostInto = Unsafe.Add(ref cell, BlockSize), CostOnward = Unsafe.Add(ref cell, 2 * BlockSize) };
        }

        set
        {
            ref int cell = ref Unsafe.Add(ref BlockOf(visit, index / BlockSize), index % BlockSize);
            (cell, Unsafe.Add(ref cell, BlockSize), Unsafe.Add(ref cell, 2 * BlockSize)) = (value.Node, value.CostInto, value.CostOnward);
        }
    }

    /// <summary>First of the numbers of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int BlockOf(int visit, int block)
    {
        Debug.Assert(visit >= 0 && block >= 0 && block < BlockCount && ((visit * BlockCount) + block + 1) * BlockLength <= _cells.Length);
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), ((visit * BlockCount) + block) * BlockLength);
    }

    /// <summary>Has a visit's neighbours brought near before they are read.</summary>
    public void Fetch(int visit) => CacheFetch.Fetch(_cells, visit * BlockCount * BlockLength, BlockCount * BlockLength);

    private static int Round(int count) => (count + BlockSize - 1) / BlockSize * BlockSize;

    private static int[] MakeEmpty(int blocks)
    {
        int[] cells = new int[blocks * BlockLength];
        for (int i = 0; i < cells.Length; i++) cells[i] = i / BlockSize % Fields == 0 ? -1 : Neighbour.Never;
        return cells;
    }
}
