using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Networks;

/// <summary>Writes and reads quantile networks as part of a model file.</summary>
internal static class NetworkFormat
{
    private const int MostInputs = 10_000;

    public static void Write(BinaryWriter writer, QuantileNetwork network)
    {
        writer.Write(network.Inputs.Width);
        foreach (var input in network.Inputs.Inputs)
        {
            writer.Write((ushort)input.Column);
            writer.Write((byte)input.Scale);
            writer.Write(input.Parameter);
            writer.Write(input.Mean);
            writer.Write(input.Deviation);
        }

        foreach (var numbers in network.Parameters)
            foreach (var number in numbers) writer.Write(number);
    }

    /// <param name="columns">Features a row has.</param>
    /// <exception cref="InvalidDataException">A count, column or number is impossible.</exception>
    public static QuantileNetwork Read(BinaryReader reader, int columns)
    {
        var inputs = new NetworkInput[TreesFormat.ReadCount(reader, MostInputs, "network inputs")];
        for (var i = 0; i < inputs.Length; i++)
        {
            var (column, scale) = (reader.ReadUInt16(), (NetworkScale)reader.ReadByte());
            if (column >= columns || !Enum.IsDefined(scale)) throw new InvalidDataException($"Network input {i} names column {column} and scale {(int)scale}.");
            inputs[i] = new NetworkInput(column, scale, ReadFinite(reader), ReadFinite(reader), ReadFinite(reader));
            if (inputs[i].Deviation <= 0) throw new InvalidDataException($"Network input {i} has deviation {inputs[i].Deviation}.");
        }

        var network = new QuantileNetwork(new NetworkInputs(inputs));
        foreach (var numbers in network.Parameters)
            for (var i = 0; i < numbers.Length; i++) numbers[i] = ReadFinite(reader);
        return network;
    }

    private static float ReadFinite(BinaryReader reader) =>
        reader.ReadSingle() is var number && float.IsFinite(number) ? number : throw new InvalidDataException("A number of a network is not finite.");
}
