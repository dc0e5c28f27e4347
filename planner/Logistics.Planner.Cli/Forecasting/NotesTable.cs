using Logistics.Forecasting.Panels;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary>Prints what cleaning found, a few lines per kind.</summary>
internal static class NotesTable
{
    private const int LinesPerKind = 5;

    public static void Print(IReadOnlyList<CleaningNote> notes, TextWriter writer)
    {
        foreach (var kind in notes.GroupBy(n => n.Kind))
        {
            writer.WriteLine($"{kind.Key}: {kind.Count()} series");
            foreach (var note in kind.Take(LinesPerKind)) writer.WriteLine($"  {note.Text}");
            if (kind.Count() > LinesPerKind) writer.WriteLine($"  … and {kind.Count() - LinesPerKind} more");
        }
    }
}
