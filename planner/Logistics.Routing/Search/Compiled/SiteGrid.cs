using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>Sites in square cells by their coordinates, so that neighbours of many sites are found without looking at every pair.</summary>
internal sealed class SiteGrid
{
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly int[] _first;
    private readonly int[] _members;
    private readonly int _width;
    private readonly double _left;
    private readonly double _bottom;
    private readonly double _cell;

    private SiteGrid(double[] x, double[] y)
    {
        (_x, _y) = (x, y);
        (_left, _bottom) = (x.Min(), y.Min());
        double span = Math.Max(Math.Max(x.Max() - _left, y.Max() - _bottom), 1e-9);
        // About four sites a cell.
        _width = Math.Max(1, (int)Math.Sqrt(x.Length / 4.0));
        _cell = span / _width * 1.000001;
        _first = new int[(_width * _width) + 1];
        for (int s = 0; s < x.Length; s++) _first[CellOf(s) + 1]++;
        for (int c = 0; c < _width * _width; c++) _first[c + 1] += _first[c];
        _members = new int[x.Length];
        var next = (int[])_first.Clone();
        for (int s = 0; s < x.Length; s++) _members[next[CellOf(s)]++] = s;
    }

    /// <summary>A grid, or null when some place has no coordinates.</summary>
    public static SiteGrid? TryBuild(CompiledProblem problem)
    {
        var x = Array.ConvertAll(problem.SitePlace, p => problem.Source.Places[p].X);
        var y = Array.ConvertAll(problem.SitePlace, p => problem.Source.Places[p].Y);
        return Array.Exists(x, double.IsNaN) || Array.Exists(y, double.IsNaN) ? null : new SiteGrid(x, y);
    }

    /// <summary>Lists at least <paramref name="atLeast"/> sites around a site (or all), ring by ring.</summary>
    public void ListAround(int site, int atLeast, List<int> target)
    {
        target.Clear();
        int cx = (int)((_x[site] - _left) / _cell), cy = (int)((_y[site] - _bottom) / _cell);
        for (int ring = 0; ring <= _width && target.Count < atLeast; ring++)
        {
            for (int y = Math.Max(0, cy - ring); y <= Math.Min(_width - 1, cy + ring); y++)
            {
                bool isEdge = y == cy - ring || y == cy + ring;
                for (int x = cx - ring; x <= cx + ring; x += isEdge || ring == 0 ? 1 : 2 * ring)
                    if (x >= 0 && x < _width) AddCell((y * _width) + x, target);
            }
        }
    }

    private void AddCell(int cell, List<int> target)
    {
        for (int i = _first[cell]; i < _first[cell + 1]; i++) target.Add(_members[i]);
    }

    private int CellOf(int s) => ((int)((_y[s] - _bottom) / _cell) * _width) + (int)((_x[s] - _left) / _cell);
}
