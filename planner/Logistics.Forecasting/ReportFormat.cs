using Logistics.Forecasting.Models;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting;

/// <summary>Writes and reads the accuracy report as part of a model file.</summary>
internal static class ReportFormat
{
    private const int MostRows = 1000;

    public static void Write(BinaryWriter writer, RehearsalReport? report)
    {
        writer.Write(report is not null);
        if (report is null) return;
        writer.Write(report.Methods.Count);
        foreach (var m in report.Methods)
        {
            writer.Write(m.Method);
            writer.Write(m.Weight);
            writer.Write(m.Wape);
        }

        writer.Write(report.Coverage.Count);
        foreach (var c in report.Coverage)
        {
            writer.Write(c.Horizon);
            writer.Write(c.Days);
            writer.Write(c.P10Days);
            writer.Write(c.AboveP10);
            writer.Write(c.BelowP90);
        }

        writer.Write(report.Origins.Count);
        foreach (var o in report.Origins)
        {
            writer.Write(o.Origin.DayNumber);
            writer.Write(o.Wape);
            writer.Write(o.BestSimple);
            writer.Write(o.BestSimpleWape);
            writer.Write(o.BelowP90);
        }

        writer.Write(report.Levels.Count);
        foreach (var l in report.Levels)
        {
            writer.Write(l.Level);
            writer.Write(l.Days);
            writer.Write(l.P10Days);
            writer.Write(l.AboveP10);
            writer.Write(l.BelowP90);
        }
    }

    public static RehearsalReport? Read(BinaryReader reader) => reader.ReadBoolean()
        ? new RehearsalReport(
            ReadRows(reader, "methods", r => new MethodScore(r.ReadString(), r.ReadDouble(), r.ReadDouble())),
            ReadRows(reader, "coverage rows", r => new CoverageRow(r.ReadInt32(), r.ReadInt32(), r.ReadInt32(), r.ReadDouble(), r.ReadDouble())),
            ReadRows(reader, "origins", r => new OriginScore(
                DateOnly.FromDayNumber(TreesFormat.ReadCount(r, DateOnly.MaxValue.DayNumber, "as a day number")), r.ReadDouble(), r.ReadString(), r.ReadDouble(), r.ReadDouble())),
            ReadRows(reader, "levels", r => new LevelCoverage(r.ReadString(), r.ReadInt32(), r.ReadInt32(), r.ReadDouble(), r.ReadDouble())))
        : null;

    private static T[] ReadRows<T>(BinaryReader reader, string name, Func<BinaryReader, T> read)
    {
        var rows = new T[TreesFormat.ReadCount(reader, MostRows, name)];
        for (var i = 0; i < rows.Length; i++) rows[i] = read(reader);
        return rows;
    }
}
