using System.Text;
using Logistics.Domain;
using Logistics.Planning.Demo;
using Logistics.Planning.Demo.Files;

namespace Logistics.Planning.Tests.Demo;

public sealed class DemoFilesTests
{
    private static readonly DemoData City = DemoCity.Generate(new DemoOptions { Day = new DateOnly(2026, 11, 24), Parcels = 400, Terminals = 60, Vehicles = 10, HistoryDays = 14 });

    [Fact]
    public void Every_parcel_would_be_accepted_at_intake()
    {
        var now = City.Network.Area.InstantOf(City.Options.Day, -4 * 60);

        Assert.All(City.Parcels, p => Assert.Empty(OrderRules.Check(ToDraft(p), City.Network, now).Select(x => x.Message)));
    }

    [Fact]
    public void Order_files_hold_every_parcel_once_in_its_partner_s_own_manner()
    {
        var files = DemoFiles.Build(City).ToDictionary(f => f.Name, f => f.Content);

        foreach (var partner in City.Network.Partners)
        {
            var text = Decode(files[$"orders-{partner.Code}.csv"]);
            var rows = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)[1..];
            var parcels = City.Parcels.Where(p => p.PartnerId == partner.Id).ToList();
            Assert.Equal(parcels.Count, rows.Length);
            Assert.All(parcels.Zip(rows), pair => Assert.Contains(pair.First.Waybill, pair.Second, StringComparison.Ordinal));
        }

        Assert.StartsWith("﻿合作企业,运单号", Encoding.UTF8.GetString(files["orders-JX.csv"]), StringComparison.Ordinal);
        Assert.StartsWith("合作企业,运单号", Decode(files["orders-LL.csv"]), StringComparison.Ordinal);
        Assert.Contains("重量(kg)", Decode(files["orders-XJ.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Faulty_file_has_a_fault_in_each_row_but_the_good_ones()
    {
        var (content, faults) = FaultyOrders.Build(City, isTimeless: true);

        var rows = Decode(content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(faults.Count + 1, rows.Length);
        Assert.Equal(25, faults.Count);
        Assert.Equal(3, faults.Count(f => f is null));
        Assert.Equal(rows[1], rows[^1]);
    }

    [Fact]
    public void History_and_panel_tell_the_same_total()
    {
        var files = DemoFiles.Build(City).ToDictionary(f => f.Name, f => f.Content);

        var history = Rows("history.csv").Sum(r => int.Parse(r.Split(',')[4], null));
        var panel = Rows("forecast-panel.csv").Sum(r => int.Parse(r.Split(',')[2], null));
        Assert.Equal(City.History.Sum(v => v.Parcels), history);
        Assert.Equal(history, panel);

        IEnumerable<string> Rows(string name) => Decode(files[name]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);
    }

    private static string Decode(byte[] content)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        try
        {
            return new UTF8Encoding(false, true).GetString(content).TrimStart('﻿');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.GetEncoding("GB18030").GetString(content);
        }
    }

    private static OrderDraft ToDraft(Parcel p) => new()
    {
        Partner = p.PartnerId,
        Waybill = p.Waybill,
        Hub = p.HubId,
        Epc = p.Epc,
        Flow = p.Flow,
        Size = p.Size,
        WeightGrams = p.WeightGrams,
        VolumeMillilitres = p.VolumeMillilitres,
        Handling = p.Handling,
        IsDamaged = p.IsDamaged,
        Priority = p.Priority,
        ReleaseAt = p.ReleaseAt,
        PromiseStart = p.Promise.Start,
        PromiseEnd = p.Promise.End,
        RecipientName = p.Recipient.Name,
        RecipientPhone = p.Recipient.Phone,
        RecipientAddress = p.Recipient.Address,
        District = p.Recipient.District,
        Lon = p.Recipient.Location.Lon,
        Lat = p.Recipient.Location.Lat,
        HasTerminalConsent = p.HasTerminalConsent,
        HasSenderLockerAgreement = p.HasSenderLockerAgreement,
        Options = [.. p.Options.Select(o => new OptionDraft(o.Kind, o.TerminalId, o.Window.Start, o.Window.End, o.PreferenceFen))],
    };
}
