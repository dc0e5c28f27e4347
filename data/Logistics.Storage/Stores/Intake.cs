using System.Globalization;
using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>One batch on its way in: decides each row in order against what is stored and what came before it. Used once, by one thread.</summary>
internal sealed class Intake(
    NetworkSnapshot network, PartnerScope scope, ImportBatch batch, Dictionary<(string Partner, string Waybill), Parcel> stored, DateTimeOffset now, IdFactory ids)
{
    // What the store holds before the batch, so that a waybill revised twice in one file is still one update.
    private readonly Dictionary<string, Parcel> _original = stored.Values.ToDictionary(p => p.Id);
    private readonly Dictionary<string, Parcel> _changed = [];
    private readonly List<QuarantineRow> _quarantined = [];
    private readonly List<RowOutcome> _outcomes = [];

    public IReadOnlyList<RowOutcome> Outcomes => _outcomes;

    public void Take(IncomingOrder order)
    {
        var (parcel, problems) = OrderRules.Accept(order.Draft, network, now, ids);
        var partner = network.FindPartner(order.Draft.Partner?.Trim());
        var all = OrderFaults.List(order.ReadingProblems ?? [], problems, order.Draft, network, scope);
        if (parcel is null || all.Count > 0)
        {
            Quarantine(order, scope.PartnerId ?? partner?.Id, all);
            return;
        }
        var key = (parcel.PartnerId, parcel.Waybill);
        if (!stored.TryGetValue(key, out var known))
        {
            stored[key] = _changed[parcel.Id] = parcel;
            Add(order, RowResult.Accepted, parcel.Id);
            return;
        }
        var revision = ParcelTransitions.Revise(known, parcel, now);
        if (!revision.IsAccepted)
        {
            Add(order, RowResult.Refused, known.Id, new OrderProblem("waybill", known.Waybill, revision.Refusal.Code, revision.Refusal.Message));
        }
        else if (ReferenceEquals(revision.Value, known))
        {
            Add(order, RowResult.Unchanged, known.Id);
        }
        else
        {
            stored[key] = _changed[known.Id] = revision.Value;
            Add(order, RowResult.Revised, known.Id);
        }
    }

    /// <summary>The batch with its counts.</summary>
    public ImportBatch Count(ImportBatch empty) => empty with
    {
        Rows = _outcomes.Count,
        Accepted = _outcomes.Count(o => o.Result == RowResult.Accepted),
        Unchanged = _outcomes.Count(o => o.Result == RowResult.Unchanged),
        Revised = _outcomes.Count(o => o.Result == RowResult.Revised),
        Refused = _outcomes.Count(o => o.Result == RowResult.Refused),
        Quarantined = _outcomes.Count(o => o.Result == RowResult.Quarantined),
    };

    public async Task WriteAsync(Db db, OrderStore orders, QuarantineStore quarantine, string batchId, Actor actor)
    {
        await orders.InsertAsync(db, [.. _changed.Values.Where(p => !_original.ContainsKey(p.Id))], batchId);
        await orders.ReviseAsync(db, [.. _changed.Values.Where(p => _original.ContainsKey(p.Id)).Select(p => (_original[p.Id], p))], batchId, actor);
        await quarantine.InsertAsync(db, _quarantined);
    }

    private void Quarantine(IncomingOrder order, string? partnerId, IReadOnlyList<OrderProblem> problems)
    {
        var row = new QuarantineRow(ids.New(IdPrefix.Quarantine), batch.AreaId, batch.Id, partnerId, order.RowNumber, order.Draft, order.RawText, problems, now);
        _quarantined.Add(row);
        _outcomes.Add(new RowOutcome(order.RowNumber, order.Draft.Waybill, RowResult.Quarantined, null, row.Id, problems));
    }

    private void Add(IncomingOrder order, RowResult result, string parcelId, params IReadOnlyList<OrderProblem> problems) =>
        _outcomes.Add(new RowOutcome(order.RowNumber, order.Draft.Waybill?.Trim() ?? order.RowNumber.ToString(CultureInfo.InvariantCulture), result, parcelId, null, problems));
}
