using Logistics.Domain;

namespace Logistics.Planning.Demo.Files;

/// <summary>A small order file with one fault a row, for the tour: every rule of intake is broken once, and a few rows are good.</summary>
internal static class FaultyOrders
{
    /// <returns>The file's bytes and, row by row from 1, what is wrong; null for good rows.</returns>
    public static (byte[] Content, IReadOnlyList<string?> Faults) Build(DemoData city, bool isTimeless)
    {
        var sheet = OrderSheet.Of(0) with { IsTimeless = isTimeless };
        var models = city.Parcels
            .Where(p => p.PartnerId == city.Network.Partners[0].Id && p.Handling == HandlingClass.Normal && p.Options.Any(o => o.Kind == DeliveryKind.Terminal && IsOpenLocker(city, o)))
            .Take(Faults.Length).ToList();
        var rows = new List<string[]>();
        var faults = new List<string?>();
        for (var i = 0; i < models.Count; i++)
        {
            var cells = sheet.Cells(models[i] with { Waybill = FormattableString.Invariant($"JXT{i + 1:0000}") }, city.Network);
            var (fault, spoil) = Faults[i];
            spoil(new Row(cells, rows));
            rows.Add(cells);
            faults.Add(fault);
        }

        return (sheet.Encode(rows), faults);
    }

    private static readonly (string? Fault, Action<Row> Spoil)[] Faults =
    [
        (null, _ => { }),
        ("partner.unknown", r => r["partner"] = "XYZ"),
        ("required waybill", r => r["waybill"] = ""),
        ("format waybill", r => r["waybill"] = "JXT 0004 重"),
        ("format size", r => r["size"] = "巨大"),
        ("range weight, negative", r => r["weight"] = "-300"),
        ("weight is not a number", r => r["weight"] = "NaN"),
        ("range volume, absurd", r => r["volume"] = "99999999999"),
        (null, _ => { }),
        ("handling.prohibited", r => r["handling"] = "禁寄"),
        ("locker.damaged", r => r["damaged"] = "是"),
        ("locker.agreement", r => r["handling"] = "生鲜"),
        ("terminal.consent", r => r["consent"] = "否"),
        ("terminal.unknown", r => r["terminals"] = "T9999"),
        ("window.order", r => (r["from"], r["until"]) = (r["until"], r["from"])),
        ("window.past", r => (r["release"], r["from"], r["until"]) = ("2019-10-01 06:00", "2019-10-01 09:00", "2019-10-01 18:00")),
        ("release.late", r => r["release"] = r["until"].Length > 10 ? r["until"][..10] + " 23:30" : "23:30"),
        ("area.outside", r => (r["lon"], r["lat"]) = ("121.4737", "31.2304")),
        ("area.outside, swapped", r => (r["lon"], r["lat"]) = (r["lat"], r["lon"])),
        ("required phone", r => r["phone"] = ""),
        (null, _ => { }),
        ("hub.unknown", r => r["hub"] = "H9"),
        ("format datum", r => r["datum"] = "北京54"),
        ("three faults at once", r => (r["size"], r["weight"], r["phone"]) = ("?", "0", "12")),
        ("the first row again", r => r.CopyFirst()),
    ];

    private static bool IsOpenLocker(DemoData city, DeliveryOption option) => city.Network.FindTerminal(option.TerminalId)!.Kind == TerminalKind.Locker;

    /// <summary>One row's cells by column.</summary>
    private sealed class Row(string[] cells, List<string[]> before)
    {
        public string this[string column]
        {
            get => cells[IndexOf(column)];
            set => cells[IndexOf(column)] = value;
        }

        public void CopyFirst() => before[0].CopyTo(cells, 0);

        private static int IndexOf(string column) => OrderSheet.Columns.Index().First(c => string.Equals(c.Item, column, StringComparison.Ordinal)).Index;
    }
}
