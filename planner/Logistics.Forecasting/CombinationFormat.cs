using Logistics.Forecasting.Models;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting;

/// <summary>Bytes of what held-out weeks decided.</summary>
internal static class CombinationFormat
{
    public static void Write(BinaryWriter writer, Combination combination)
    {
        WriteNumbers(writer, combination.Weights);
        WriteNumbers(writer, combination.Calibration.LevelEdges);
        WriteNumbers(writer, combination.Calibration.LowerFactors);
        WriteNumbers(writer, combination.Calibration.UpperFactors);
        writer.Write(combination.Calibration.LeastLower);
        writer.Write(combination.Tilt.Choices.Count);
        foreach (var (id, choice) in combination.Tilt.Choices.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            writer.Write(id);
            writer.Write(choice.Expert);
            writer.Write(choice.Share);
        }

        var spread = combination.Spread;
        writer.Write(spread.Share);
        writer.Write(spread.Usual);
        WriteNumbers(writer, spread.Lower);
        WriteNumbers(writer, spread.Upper);
        writer.Write(spread.Relative.Count);
        foreach (var (id, relative) in spread.Relative.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            writer.Write(id);
            writer.Write(relative);
        }

        writer.Write(combination.Rounding.MiddleCut);
        writer.Write(combination.Rounding.UpperCut);
    }

    public static Combination Read(BinaryReader reader)
    {
        var weights = ReadNumbers(reader, ExpertWeights.Count);
        var calibration = new QuantileCalibration(ReadNumbers(reader, 2), ReadNumbers(reader, QuantileCalibration.Cells), ReadNumbers(reader, QuantileCalibration.Cells), reader.ReadDouble());
        var choices = new Dictionary<string, SeriesTilt.Choice>(StringComparer.Ordinal);
        for (var i = TreesFormat.ReadCount(reader, ModelFile.MaxNames, "tilts"); i > 0; i--)
            choices[reader.ReadString()] = new SeriesTilt.Choice(TreesFormat.ReadCount(reader, ExpertWeights.Count - 1, "as an expert"), reader.ReadDouble());
        var (share, usual) = (reader.ReadDouble(), reader.ReadDouble());
        var (lower, upper) = (ReadNumbers(reader, OwnSpread.Weeks), ReadNumbers(reader, OwnSpread.Weeks));
        var relative = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = TreesFormat.ReadCount(reader, ModelFile.MaxNames, "spreads"); i > 0; i--) relative[reader.ReadString()] = reader.ReadDouble();
        return new Combination(weights, new SeriesTilt(choices), new OwnSpread(share, usual, lower, upper, relative), calibration, new CountRounding(reader.ReadDouble(), reader.ReadDouble()));
    }

    public static double[] ReadNumbers(BinaryReader reader, int count)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++) numbers[i] = reader.ReadDouble();
        return numbers;
    }

    public static void WriteNumbers(BinaryWriter writer, IEnumerable<double> numbers)
    {
        foreach (var number in numbers) writer.Write(number);
    }
}
