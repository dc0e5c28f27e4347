using System.Text;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Models;
using Logistics.Forecasting.Networks;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting;

/// <summary>Stores a trained model and reads it back.</summary>
/// <remarks>Binary, little-endian. A file of another version is refused: features change meaning between versions, so old trees would be silently wrong.</remarks>
public static class ModelFile
{
    /// <summary>Raised whenever a feature, its order, the scale learned on, or the layout changes.</summary>
    public const int Version = 14;

    private const string Magic = "LGFC";
    private const string EndMark = "end.";
    internal const int MaxNames = 1_000_000;

    public static void Save(VolumeForecastModel model, Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Encoding.ASCII.GetBytes(Magic));
        writer.Write(Version);
        WriteBody(writer, model);
        writer.Write(Encoding.ASCII.GetBytes(EndMark));
    }

    /// <exception cref="InvalidDataException">Not a model, of another version, or damaged; the message says which.</exception>
    public static VolumeForecastModel Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (Encoding.ASCII.GetString(reader.ReadBytes(4)) != Magic) throw new InvalidDataException("This is not a forecast model: it does not begin with \"LGFC\".");
            var version = reader.ReadInt32();
            if (version != Version)
                throw new InvalidDataException($"The forecast model has version {version}, this program reads version {Version}. Train it again: logistics forecast train.");
            var model = ReadBody(reader, mayHaveSums: true);
            if (Encoding.ASCII.GetString(reader.ReadBytes(4)) != EndMark) throw new InvalidDataException("The forecast model has no end mark; the file is damaged.");
            return model;
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The forecast model ends too early; the file is damaged. Train it again: logistics forecast train.", e);
        }
    }

    private static void WriteBody(BinaryWriter writer, VolumeForecastModel model)
    {
        writer.Write(model.Horizon);
        writer.Write(model.TrainedUntil.DayNumber);
        WriteNames(writer, model.Classes.Holidays.Names);
        WriteNames(writer, model.Classes.Phases.Names);
        WriteNames(writer, model.Classes.Groupings);
        writer.Write(model.Classes.HasFewSales);
        CombinationFormat.Write(writer, model.Combination);
        ReportFormat.Write(writer, model.Rehearsal);
        WriteHierarchy(writer, model.HierarchyFit);
        writer.Write(model.Models.Trees.Members.Count);
        foreach (var member in model.Models.Trees.Members)
        {
            writer.Write((byte)member.Kind);
            writer.Write((byte)member.Level);
            writer.Write(member.IsLogarithmic);
            TreesFormat.Write(writer, member.Trees);
        }

        writer.Write(model.Models.Networks.Networks.Count);
        foreach (var network in model.Models.Networks.Networks) NetworkFormat.Write(writer, network);
        writer.Write(model.Sums is not null);
        if (model.Sums is not null) WriteBody(writer, model.Sums);
    }

    private static VolumeForecastModel ReadBody(BinaryReader reader, bool mayHaveSums)
    {
        var horizon = TreesFormat.ReadCount(reader, 60, "days of horizon");
        var trainedUntil = DateOnly.FromDayNumber(TreesFormat.ReadCount(reader, DateOnly.MaxValue.DayNumber, "as a day number"));
        var classes = new FeatureClasses(new ClassNumbers(ReadNames(reader)), new ClassNumbers(ReadNames(reader)), ReadNames(reader), reader.ReadBoolean());
        var combination = CombinationFormat.Read(reader);
        var report = ReportFormat.Read(reader);
        var hierarchy = ReadHierarchy(reader);
        var members = new List<EnsembleMember>();
        for (var i = TreesFormat.ReadCount(reader, 1000, "members"); i > 0; i--)
        {
            var (kind, level) = ((MemberKind)reader.ReadByte(), (LevelKind)reader.ReadByte());
            if (!Enum.IsDefined(kind) || !Enum.IsDefined(level)) throw new InvalidDataException($"Member of kind {(int)kind}, level {(int)level} is not known.");
            members.Add(new EnsembleMember(kind, level, reader.ReadBoolean(), TreesFormat.Read(reader)));
        }

        var networks = new List<QuantileNetwork>();
        for (var i = TreesFormat.ReadCount(reader, 1000, "networks"); i > 0; i--) networks.Add(NetworkFormat.Read(reader, members.Count > 0 ? members[0].Trees.Width : 0));
        var hasSums = reader.ReadBoolean();
        if (hasSums && !mayHaveSums) throw new InvalidDataException("The forecast model has sums of sums; the file is damaged.");
        var sums = hasSums ? ReadBody(reader, mayHaveSums: false) : null;
        return new VolumeForecastModel(horizon, trainedUntil, classes, new LearnedModels(new TreeEnsemble(members), new NetworkEnsemble(networks)), combination, report, sums, hierarchy);
    }

    private static void WriteHierarchy(BinaryWriter writer, HierarchyFit fit)
    {
        writer.Write((byte)fit.Method);
        CombinationFormat.WriteNumbers(writer, fit.Wapes);
        foreach (var dependence in fit.Shared.Lower.Concat(fit.Shared.Upper)) writer.Write(dependence);
        writer.Write(fit.RelativeVariances.Count);
        foreach (var (id, variance) in fit.RelativeVariances.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            writer.Write(id);
            writer.Write(variance);
        }

        writer.Write(fit.Coverage.Count);
        foreach (var c in fit.Coverage)
        {
            writer.Write((byte)c.Level);
            writer.Write(c.Horizon);
            writer.Write(c.Days);
            writer.Write(c.P10Days);
            writer.Write(c.AboveP10);
            writer.Write(c.BelowP90);
        }
    }

    private static HierarchyFit ReadHierarchy(BinaryReader reader)
    {
        var method = (ReconciliationMethod)reader.ReadByte();
        if (!Enum.IsDefined(method)) throw new InvalidDataException($"Reconciliation {(int)method} is not known.");
        var wapes = CombinationFormat.ReadNumbers(reader, Enum.GetValues<ReconciliationMethod>().Length);
        var shared = new SharedErrors(CombinationFormat.ReadNumbers(reader, SharedErrors.Cells), CombinationFormat.ReadNumbers(reader, SharedErrors.Cells));
        var variances = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = TreesFormat.ReadCount(reader, MaxNames, "nodes"); i > 0; i--) variances[reader.ReadString()] = reader.ReadDouble();
        var coverage = new NodeCoverage[TreesFormat.ReadCount(reader, MaxNames, "coverage rows")];
        for (var i = 0; i < coverage.Length; i++)
            coverage[i] = new NodeCoverage((HierarchyLevel)reader.ReadByte(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        return new HierarchyFit(method, variances, wapes, shared, coverage);
    }

    private static void WriteNames(BinaryWriter writer, IReadOnlyList<string> names)
    {
        writer.Write(names.Count);
        foreach (var name in names) writer.Write(name);
    }

    private static string[] ReadNames(BinaryReader reader)
    {
        var names = new string[TreesFormat.ReadCount(reader, MaxNames, "names")];
        for (var i = 0; i < names.Length; i++) names[i] = reader.ReadString();
        return names;
    }
}
