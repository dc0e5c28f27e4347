namespace Logistics.Forecasting.Trees;

/// <summary>Writes and reads boosted trees as part of a model file.</summary>
public static class TreesFormat
{
    // No trained model comes near these; a damaged file must not make us allocate what it claims.
    private const int MaxTrees = 100_000;
    private const int MaxFeatures = 10_000;

    public static void Write(BinaryWriter writer, BoostedTrees model)
    {
        writer.Write((byte)model.Loss);
        writer.Write(model.Quantile);
        writer.Write(model.Start);
        writer.Write(model.Binners.Count);
        foreach (var binner in model.Binners)
        {
            writer.Write(binner.IsCategorical);
            writer.Write(binner.IsCategorical ? binner.Classes.Count : binner.Edges.Count);
            foreach (var edge in binner.Edges) writer.Write(edge);
            foreach (var name in binner.Classes) writer.Write(name);
        }

        writer.Write(model.Trees.Count);
        foreach (var tree in model.Trees) WriteTree(writer, tree);
    }

    /// <exception cref="InvalidDataException">A count or index is impossible.</exception>
    public static BoostedTrees Read(BinaryReader reader)
    {
        var loss = (BoostingLoss)reader.ReadByte();
        if (!Enum.IsDefined(loss)) throw new InvalidDataException($"Loss {(int)loss} is not known.");
        var quantile = reader.ReadDouble();
        var start = reader.ReadDouble();
        var binners = new FeatureBinner[ReadCount(reader, MaxFeatures, "features")];
        for (var f = 0; f < binners.Length; f++)
        {
            var isCategorical = reader.ReadBoolean();
            var count = ReadCount(reader, FeatureBinner.MaxValueBins, "bins");
            if (isCategorical)
            {
                var classes = new int[count];
                for (var i = 0; i < count; i++) classes[i] = ReadCount(reader, 1_000_000, "class number");
                binners[f] = FeatureBinner.FromClasses(classes);
            }
            else
            {
                var edges = new float[count];
                for (var i = 0; i < count; i++) edges[i] = reader.ReadSingle();
                binners[f] = FeatureBinner.FromEdges(edges);
            }
        }

        var trees = new Tree[ReadCount(reader, MaxTrees, "trees")];
        for (var t = 0; t < trees.Length; t++) trees[t] = ReadTree(reader, binners.Length);
        return new BoostedTrees(loss, quantile, start, binners, trees);
    }

    internal static int ReadCount(BinaryReader reader, int limit, string name)
    {
        var count = reader.ReadInt32();
        if (count < 0 || count > limit) throw new InvalidDataException($"{count} {name} is outside [0, {limit}].");
        return count;
    }

    private static void WriteTree(BinaryWriter writer, Tree tree)
    {
        writer.Write((byte)tree.LeafCount);
        foreach (var value in tree.LeafValues) writer.Write(value);
        for (var node = 0; node < tree.Features.Length; node++)
        {
            writer.Write((ushort)tree.Features[node]);
            writer.Write((sbyte)tree.Left[node]);
            writer.Write((sbyte)tree.Right[node]);
            writer.Write(tree.NodeValues[node]);
            writer.Write(tree.Gains[node]);
            for (var word = 0; word < Tree.SetWords; word++) writer.Write(tree.LeftBins[node * Tree.SetWords + word]);
        }
    }

    private static Tree ReadTree(BinaryReader reader, int width)
    {
        int leaves = reader.ReadByte();
        if (leaves is 0 or > BoostingOptions.LeafLimit) throw new InvalidDataException($"{leaves} leaves is outside [1, {BoostingOptions.LeafLimit}].");
        var nodes = leaves - 1;
        var leafValues = new double[leaves];
        for (var leaf = 0; leaf < leaves; leaf++) leafValues[leaf] = reader.ReadDouble();
        var (features, left, right) = (new int[nodes], new int[nodes], new int[nodes]);
        var (values, gains, sets) = (new double[nodes], new float[nodes], new ulong[nodes * Tree.SetWords]);
        for (var node = 0; node < nodes; node++)
        {
            features[node] = reader.ReadUInt16();
            left[node] = reader.ReadSByte();
            right[node] = reader.ReadSByte();
            if (features[node] >= width || !IsChild(left[node]) || !IsChild(right[node]))
                throw new InvalidDataException($"Node {node} names feature {features[node]} and children {left[node]}, {right[node]}.");
            values[node] = reader.ReadDouble();
            gains[node] = reader.ReadSingle();
            for (var word = 0; word < Tree.SetWords; word++) sets[node * Tree.SetWords + word] = reader.ReadUInt64();

            // Children come after their parent, so no path can run in a circle.
            bool IsChild(int child) => child >= 0 ? child > node && child < nodes : ~child < leaves;
        }

        return new Tree(features, left, right, sets, values, leafValues, gains);
    }
}
