using Logistics.Domain;

namespace Logistics.Storage.Tests;

/// <summary>Laws of intake over random histories: nothing is lost, nothing counted twice, whatever is sent, mended, released, rejected, loaded and sent again.</summary>
public sealed class IntakeLawsTests(Databases databases)
{
    private const int Steps = 40, Waybills = 12;

    [Theory, CombinatorialBackends]
    public async Task Counts_add_up_after_every_step_of_any_history(Backend backend)
    {
        for (var seed = 1; seed <= 6; seed++) await WalkAsync(backend, seed);
    }

    private async Task WalkAsync(Backend backend, int seed)
    {
        await using var lab = await databases.OpenAsync(backend);
        var random = new Random(seed);
        int quarantined = 0, released = 0, rejected = 0;
        for (var step = 0; step < Steps; step++)
        {
            lab.Time.Advance(TimeSpan.FromSeconds(1));
            var open = await OpenAsync(lab);
            switch (random.Next(6))
            {
                case 0 when open.Count > 0: // mended and released, or still wrong and kept
                    var row = open[random.Next(open.Count)];
                    var outcome = (await lab.Storage.WriteAsync(db => lab.Storage.Imports.ReleaseAsync(db, PartnerScope.Everyone, Samples.Network, row.Id, Draft(random), Samples.Admin))).Value!;
                    if (outcome.Result != RowResult.Quarantined) released++;
                    break;
                case 1 when open.Count > 0:
                    Assert.True((await lab.Storage.WriteAsync(db => lab.Storage.Quarantine.RejectAsync(db, PartnerScope.Everyone, open[random.Next(open.Count)].Id, Samples.Admin))).IsAccepted);
                    rejected++;
                    break;
                case 2 when await lab.ListAsync() is { Count: > 0 } parcels: // a loaded parcel takes no revision any more
                    var parcel = parcels[random.Next(parcels.Count)];
                    var action = parcel.State == ParcelState.Promised ? ParcelAction.Plan : ParcelAction.Load;
                    await lab.Storage.WriteAsync(db => lab.Storage.Orders.ApplyAsync(db, PartnerScope.Everyone, parcel.Id, action, Samples.Admin));
                    break;
                default:
                    var before = await lab.ListAsync();
                    var batch = await lab.ImportAsync([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => Draft(random))]);
                    quarantined += batch.Batch.Quarantined;
                    Assert.True(batch.Batch.IsBalanced(), $"seed {seed}, step {step}: {batch.Batch}");
                    Assert.Equal(batch.Rows.Count, batch.Batch.Rows);
                    Assert.Equal(before.Count + batch.Batch.Accepted, (await lab.ListAsync()).Count);
                    foreach (var known in before.Where(p => p.State is not (ParcelState.Promised or ParcelState.Planned))) Assert.Equal(known.Revision, (await FindAsync(lab, known.Id)).Revision);
                    break;
            }

            var all = await lab.Storage.ReadAsync(db => lab.Storage.Quarantine.ListAsync(db, PartnerScope.Everyone, "are_1", status: null));
            Assert.Equal((quarantined, released, rejected), (all.Count, Count(all, QuarantineStatus.Released), Count(all, QuarantineStatus.Rejected)));
            Assert.Equal(quarantined - released - rejected, (int)await lab.Storage.ReadAsync(db => lab.Storage.Quarantine.CountOpenAsync(db, PartnerScope.Everyone, "are_1")));
            var waybills = (await lab.ListAsync()).Select(p => (p.PartnerId, p.Waybill)).ToList();
            Assert.Equal(waybills.Count, waybills.Distinct().Count());
        }
    }

    /// <summary>One of a few waybills, so that the same order comes again, sometimes changed, sometimes wrong.</summary>
    private static OrderDraft Draft(Random random)
    {
        var draft = Samples.Draft(random.Next(1, Waybills), random.Next(3) == 0 ? "SF" : "JD");
        return random.Next(6) switch
        {
            0 => draft with { WeightGrams = 1000 + random.Next(3) },
            1 => draft with { WeightGrams = -1 },
            2 => draft with { Partner = "NOBODY" },
            3 => draft with { Lon = 10, Lat = 10, Options = [new OptionDraft(DeliveryKind.Door)] },
            _ => draft,
        };
    }

    private static int Count(IEnumerable<QuarantineRow> rows, QuarantineStatus status) => rows.Count(r => r.Status == status);

    private static Task<List<QuarantineRow>> OpenAsync(StorageLab lab) => lab.Storage.ReadAsync(db => lab.Storage.Quarantine.ListAsync(db, PartnerScope.Everyone, "are_1"));

    private static async Task<Parcel> FindAsync(StorageLab lab, string id) => (await lab.Storage.ReadAsync(db => lab.Storage.Orders.FindAsync(db, PartnerScope.Everyone, id)))!;
}
