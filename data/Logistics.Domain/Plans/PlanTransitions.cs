namespace Logistics.Domain;

/// <summary>The life of a plan version: draft → published → superseded, or draft → discarded.</summary>
public static class PlanTransitions
{
    public static Outcome<DayPlan> Publish(DayPlan plan, string actor, DateTimeOffset at)
    {
        if (plan.Status != PlanStatus.Draft) return new Refusal("plan.status", $"{Name(plan)} is {plan.Status}: only a draft can be published.");
        if (plan.Violations.Count > 0)
        {
            return new Refusal("plan.violations",
                $"{Name(plan)} breaks {plan.Violations.Count} constraint(s), the first: {plan.Violations[0]}");
        }
        return plan with { Status = PlanStatus.Published, PublishedAt = at, PublishedBy = actor };
    }

    public static Outcome<DayPlan> Supersede(DayPlan plan) => plan.Status == PlanStatus.Published
        ? plan with { Status = PlanStatus.Superseded }
        : new Refusal("plan.status", $"{Name(plan)} is {plan.Status}: only a published plan can be superseded.");

    public static Outcome<DayPlan> Discard(DayPlan plan) => plan.Status == PlanStatus.Draft
        ? plan with { Status = PlanStatus.Discarded }
        : new Refusal("plan.status", $"{Name(plan)} is {plan.Status}: only a draft can be discarded.");

    private static string Name(DayPlan plan) => FormattableString.Invariant($"Plan version {plan.Version} of {plan.Day:yyyy-MM-dd}");
}
