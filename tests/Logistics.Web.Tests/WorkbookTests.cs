using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;

namespace Logistics.Web.Tests;

/// <summary>Workbooks uploaded as they are: what a spreadsheet shows is what is read.</summary>
public sealed class WorkbookTests(DemoHost demo)
{
    private const string Space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";

    private static readonly DateOnly Day = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(3));

    private static string Serial => ((int)Day.ToDateTime(TimeOnly.MinValue).ToOADate()).ToString(CultureInfo.InvariantCulture);

    private static byte[] Pack(params (string Name, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = new StreamWriter(archive.CreateEntry(name).Open(), new UTF8Encoding(false));
                part.Write(text);
            }
        }
        return file.ToArray();
    }

    /// <summary>A hidden sheet first, then the orders, then another; style 1 is a date of Chinese Excel, style 2 a time, style 3 a number with colours.</summary>
    private static byte[] Book(string rows, string merged = "", string texts = "", string relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships") => Pack(
        ("xl/workbook.xml", $"<workbook {Space} xmlns:r=\"{relations}\"><sheets><sheet name=\"字典\" sheetId=\"1\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"订单\" sheetId=\"2\" r:id=\"r2\"/><sheet name=\"说明\" sheetId=\"3\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>"),
        ("xl/styles.xml", $"<styleSheet {Space}><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/><numFmt numFmtId=\"177\" formatCode=\"[Red]0.00\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"/><xf numFmtId=\"20\"/><xf numFmtId=\"177\"/></cellXfs></styleSheet>"),
        ("xl/sharedStrings.xml", $"<sst {Space}>{texts}</sst>"),
        ("xl/worksheets/sheet1.xml", $"<worksheet {Space}><sheetData/></worksheet>"),
        ("xl/worksheets/sheet2.xml", $"<worksheet {Space}><sheetData>{rows}</sheetData>{merged}</worksheet>"));

    private static string Row(int number, params string[] cells) => $"<row r=\"{number}\">{string.Concat(cells.Select((c, i) => c.Replace("<c", $"<c r=\"{(char)('A' + i)}{number}\"", StringComparison.Ordinal)))}</row>";

    private static string Text(string text) => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>";

    private static string Number(string raw, int style = 0) => $"<c s=\"{style}\"><v>{raw}</v></c>";

    [Theory]
    [InlineData("http://schemas.openxmlformats.org/officeDocument/2006/relationships")]
    [InlineData("http://purl.oclc.org/ooxml/officeDocument/relationships")]
    public async Task Workbook_transitional_or_strict_is_read_as_its_sheet_shows_it(string relations)
    {
        var prefix = "XL" + Guid.NewGuid().ToString("N")[..6];
        var headers = Row(3, [.. "运单号,收件人,电话,地址,经度,纬度,重量(kg),体积(L),配送日期,最早送达,最晚送达".Split(',').Select(Text)]);
        string Order(int row, string waybill, string day) => Row(row, Text(waybill), "<c t=\"s\"><v>0</v></c>", Number("13812345678"), Text("望京街\n9号, &quot;2&quot;单元"), Number("116.4725"), Number("39.996500000000001"), Number("1.2", 3), Number("6"), day, Number("0.375", 2), Number("0.75", 2));
        var file = Book(
            Row(1, Text("配送订单")) + headers + Order(4, prefix + "1", Number(Serial, 1)) + Order(5, prefix + "2", "<c s=\"1\"/>") + Row(9, Number("123456789012345678"), Text("x")),
            "<mergeCells><mergeCell ref=\"I4:I5\"/><mergeCell ref=\"A1:K1\"/></mergeCells>",
            "<si><r><t>王</t></r><r><t>小明</t></r><rPh sb=\"0\" eb=\"1\"><t>ワン</t></rPh></si>", relations);

        var preview = await demo.Dispatcher.UploadAsync(file, "JX", "orders.xlsx");
        Assert.Equal(["sheet.taken 订单"], preview.GetProperty("notes").EnumerateArray().Select(n => $"{n.GetProperty("rule").GetString()} {n.GetProperty("value").GetString()}"));
        // Eighteen digits are no longer those that were typed.
        Assert.Contains("waybill format", preview.Problems());
        await demo.Dispatcher.PostAsync($"/api/imports/{preview.Id()}/commit", new { });
        var orders = (await demo.Dispatcher.GetAsync($"/api/orders?q={prefix}")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(
            Enumerable.Repeat($"1200 6000 {Day:yyyy-MM-dd} 01:00-10:00 5678", 2),
            orders.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Count("weightGrams")} {o.Count("volumeMl")} {o.GetProperty("promiseFrom").GetDateTimeOffset().UtcDateTime:yyyy-MM-dd HH:mm}-{o.GetProperty("promiseUntil").GetDateTimeOffset().UtcDateTime:HH:mm} {o.GetProperty("phoneTail").GetString()}")));
    }

    [Fact]
    public async Task Other_archives_and_damaged_workbooks_are_refused_and_leave_nothing()
    {
        var whole = Book(Row(1, Text("运单号"), Text("收件人")));
        byte[][] bad =
        [
            Pack(("orders.csv", "运单号,收件人\n")),
            whole[..(whole.Length / 2)],
            Book("<row r=\"1\"><c r=\"A1\"><v>1</v>"),
            Book("<row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row>"),
            Pack(("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><workbook>&e;</workbook>"), ("xl/_rels/workbook.xml.rels", "<r/>")),
            // Some kilobytes that unpack to far more than describes a workbook.
            Pack(("xl/workbook.xml", "<workbook>" + string.Concat(Enumerable.Repeat("<sheet/>", 2_000_000)) + "</workbook>"), ("xl/_rels/workbook.xml.rels", "<r/>")),
        ];
        foreach (var file in bad)
        {
            var refused = await demo.Dispatcher.UploadAsync(file, "JX", "orders.xlsx", HttpStatusCode.BadRequest);
            Assert.Equal(["file file.format"], refused.Problems());
        }
    }
}
