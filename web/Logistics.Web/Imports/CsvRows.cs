using System.Text;

namespace Logistics.Web.Imports;

/// <summary>Reads delimited text record by record (RFC 4180, and what spreadsheets really write). One record in memory at a time; not thread-safe.</summary>
/// <remarks>A quote opens a quoted field only at its start, so that <c>5" pipe</c> stays text. Line ends are CR LF, LF or CR.</remarks>
public sealed class CsvRows(TextReader text, char delimiter) : IDisposable
{
    /// <summary>A longer record is no order; it is usually an unclosed quote.</summary>
    public const int MostRecordChars = 32_000;

    private readonly char[] _buffer = new char[16 * 1024];
    private readonly StringBuilder _field = new();
    private readonly List<string> _record = [];
    private int _length, _position, _recordChars;

    /// <summary>1-based line on which the record last read began.</summary>
    public int Line { get; private set; }

    private int _linesRead = 1;

    /// <summary>The next record, or null at the end. Blank lines come as one empty field.</summary>
    /// <exception cref="InvalidDataException">The record is too long or the file ends inside quotes; the message names the line.</exception>
    public IReadOnlyList<string>? Read()
    {
        _record.Clear();
        _recordChars = 0;
        Line = _linesRead;
        if (Peek() < 0) return null;
        while (true)
        {
            var end = ReadField();
            _record.Add(_field.ToString());
            if (end != delimiter) return [.. _record];
        }
    }

    public void Dispose() => text.Dispose();

    /// <summary>Reads one field into the builder; answers the character that ended it: the delimiter, a line end, or −1.</summary>
    private int ReadField()
    {
        _field.Clear();
        if (Peek() == '"')
        {
            Next();
            ReadQuoted();
        }
        while (true)
        {
            var c = Next();
            if (c == '\r' && Peek() == '\n') c = Next();
            if (c is '\r' or '\n') _linesRead++;
            if (c < 0 || c == delimiter || c is '\r' or '\n') return c;
            _field.Append((char)c);
        }
    }

    private void ReadQuoted()
    {
        while (true)
        {
            var c = Next();
            if (c < 0) throw new InvalidDataException($"The file ends inside a quoted field of the record that begins on line {Line}. Maybe it was cut off.");
            if (c == '"')
            {
                if (Peek() != '"') return;
                Next();
            }
            else if (c == '\n')
            {
                _linesRead++;
            }
            _field.Append((char)c);
        }
    }

    private int Peek()
    {
        if (_position == _length)
        {
            (_position, _length) = (0, text.Read(_buffer));
            if (_length == 0) return -1;
        }
        return _buffer[_position];
    }

    private int Next()
    {
        var c = Peek();
        if (c < 0) return c;
        _position++;
        if (++_recordChars > MostRecordChars) throw new InvalidDataException($"The record that begins on line {Line} is longer than {MostRecordChars} characters. Maybe a quote (\") opens there and never closes.");
        return c;
    }
}
