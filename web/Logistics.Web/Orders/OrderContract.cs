using System.Text.Json.Serialization;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;

namespace Logistics.Web.Orders;

/// <summary>Where a parcel stands, in the words of the API.</summary>
public enum ParcelStateView
{
    Received,
    Quarantined,
    Promised,
    Planned,
    Loaded,
    OutForDelivery,
    Deposited,
    HandedOver,
    Collected,
    Overdue,
    Returned,
    Missing,
    Cancelled,
}

public enum OptionKindView
{
    Door,
    Terminal,
}

public enum RowOutcomeView
{
    Created,
    Revised,
    Unchanged,
    Quarantined,
    Refused,
}

public sealed record IntakeItem(int Row, string Waybill, RowOutcomeView Outcome, string? Id, IReadOnlyList<FieldProblem> Problems);

/// <summary>What became of each order; the counts always add up to <paramref name="Received"/>.</summary>
public sealed record IntakeResult(int Received, int Created, int Revised, int Unchanged, int Quarantined, int Refused, IReadOnlyList<IntakeItem> Items);

/// <summary>An order in lists: personal data masked.</summary>
public record OrderRow(
    string Id, string PartnerId, string Waybill, ParcelStateView State, SizeClass SizeClass, HandlingClass Handling, int WeightGrams, int VolumeMl,
    string RecipientMasked, string PhoneTail, string AddressMasked, IReadOnlyList<OptionKindView> OptionKinds, DateTimeOffset PromiseFrom, DateTimeOffset PromiseUntil, DateOnly Day);

public sealed record OptionView(string Id, OptionKindView Kind, string? TerminalId, LonLat At, string SourceDatum, DateTimeOffset From, DateTimeOffset Until, long PreferenceFen);

public sealed record HistoryView(DateTimeOffset At, ParcelStateView State, string Actor, string Action, string? Note);

public sealed record AssignmentView(string PlanId, string RouteId, string VehicleId, string? TerminalId, SizeClass? CompartmentSize, DateTimeOffset? PlannedAt);

public sealed record OrderDetail(
    [property: JsonIgnore] OrderRow Row, string? Epc, DateTimeOffset? ReleaseAt, bool ConsentsToTerminal, int Revision, string? StateReason, AssignmentView? Assignment,
    IReadOnlyList<OptionView> Options, IReadOnlyList<HistoryView> History)
    : OrderRow(Row);

/// <summary>Domain parcels as the page sees them.</summary>
public static class OrderViews
{
    public static ParcelStateView State(ParcelState state) => state switch
    {
        ParcelState.Out => ParcelStateView.OutForDelivery,
        _ => Enum.Parse<ParcelStateView>(state.ToString()),
    };

    public static ParcelState State(ParcelStateView state) => state switch
    {
        ParcelStateView.OutForDelivery => ParcelState.Out,
        _ => Enum.Parse<ParcelState>(state.ToString()),
    };

    public static OrderRow Row(Parcel p) => new(
        p.Id, p.PartnerId, p.Waybill, State(p.State), p.Size, p.Handling, p.WeightGrams, p.VolumeMillilitres,
        Masking.Name(p.Recipient.Name), Tail(p.Recipient.Phone), Masking.Address(p.Recipient.Address),
        [.. p.Options.Select(o => Kind(o.Kind)).Distinct()], p.Promise.Start, p.Promise.End, p.Day);

    public static OrderDetail Detail(Parcel p, NetworkSnapshot network, IReadOnlyList<HistoryView> history) => new(
        Row(p), p.Epc, p.ReleaseAt, p.HasTerminalConsent, p.Revision, p.StateReason,
        p.Assignment is { } a ? new AssignmentView(a.PlanId, a.RouteId, a.VehicleId, a.TerminalId, a.CompartmentSize, a.PlannedAt) : null,
        [.. p.Options.Select((o, i) => new OptionView(
            $"{p.Id}:{i}", Kind(o.Kind), o.TerminalId,
            LonLat.From(o.TerminalId is { } t && network.FindTerminal(t) is { } terminal ? terminal.Location : p.Recipient.Location),
            o.TerminalId is null ? p.Recipient.SourceDatum.ToString().ToUpperInvariant() : "WGS84", o.Window.Start, o.Window.End, o.PreferenceFen))],
        history);

    public static IntakeResult Result(ImportOutcome outcome) => new(
        outcome.Batch.Rows, outcome.Batch.Accepted, outcome.Batch.Revised, outcome.Batch.Unchanged, outcome.Batch.Quarantined, outcome.Batch.Refused,
        [.. outcome.Rows.Select(r => new IntakeItem(r.RowNumber, r.Waybill ?? "", Outcome(r.Result), r.ParcelId ?? r.QuarantineId, [.. r.Problems.Select(p => WireNames.Problem(p, r.RowNumber))]))]);

    public static RowOutcomeView Outcome(RowResult result) => result == RowResult.Accepted ? RowOutcomeView.Created : Enum.Parse<RowOutcomeView>(result.ToString());

    private static OptionKindView Kind(DeliveryKind kind) => kind == DeliveryKind.Door ? OptionKindView.Door : OptionKindView.Terminal;

    private static string Tail(string phone) => phone.Length >= 4 ? phone[^4..] : phone;
}
