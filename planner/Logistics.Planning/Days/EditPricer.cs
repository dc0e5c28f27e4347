using Logistics.Domain;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Prices edits on one plan again and again, as a drag needs it: the model, the plan's times and its verdict are worked out once.</summary>
/// <remarks>
/// The model is the plan's day without the wishes to be priced; only vehicles to be added must be in it. A price retimes the routes an edit touches and checks the whole plan.
/// Immutable and safe from any thread.
/// </remarks>
public sealed class EditPricer
{
    private readonly TimedBase _before;
    private readonly HashSet<(ViolationKind, int, int)> _known;

    /// <param name="model">Must have a base plan: what the edits change.</param>
    public EditPricer(DayModel model)
    {
        Model = model;
        _before = new TimedBase(model);
        _known = [.. PlanChecker.Check(model.Problem, _before.Plan).Violations.Select(v => (v.Kind, v.Vehicle, v.Job))];
    }

    public DayModel Model { get; }

    /// <summary>What the edits would cost, without making them: the difference against the plan and the constraints newly broken.</summary>
    public EditPrice Price(IReadOnlyList<PlanEdit> edits)
    {
        var applier = new EditApplier(Model, Model.Input.Base!);
        foreach (var edit in edits) applier.Apply(edit);
        var (after, changed) = _before.With(applier.Routes);
        var broken = PlanChecker.Check(Model.Problem, after).Violations.Where(v => !_known.Contains((v.Kind, v.Vehicle, v.Job))).ToList();
        return EditPrice.Between(Model, _before.Plan, after, broken, changed, applier.Problems);
    }

    /// <summary>The routes an edit changes, as they would be.</summary>
    public IReadOnlyList<PlannedRoute> Translate(EditPrice price, IdFactory ids)
    {
        var vehicles = price.ChangedVehicles.Select(id => Model.IndexOfVehicle[id]).ToHashSet();
        return new PlanTranslator(Model, ids).Translate(price.After with { Routes = [.. price.After.Routes.Where(r => vehicles.Contains(r.Vehicle))] });
    }
}
