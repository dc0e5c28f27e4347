using System.Text;
using Logistics.Domain.Devices;
using Logistics.Storage.Devices;
using Logistics.Testing;

namespace Logistics.DeviceGateway.Tests;

/// <summary>The same laws for both databases.</summary>
public abstract class DeviceStoreTests
{
    private static readonly byte[] Buffer = Encoding.UTF8.GetBytes("""ter_1door{"boot":1,"seq":2}""");

    [Fact]
    public async Task Everything_committed_is_there_after_loading_again()
    {
        await using var database = await OpenAsync();
        var message = new StoredMessage([1, 2], [3], [], 2, true, 99);
        using (var store = database.Open())
        {
            Assert.Equal((0, 0), Describe(store.Load()));
            var set = new DeviceWriteSet();
            set.Events.AddRange(Enumerable.Range(1, 40).Select(position => Row(position, position == 40 ? "odd" : null)));
            set.Marks.Add(new DeviceMark("ter_1", SequenceMark.Restore(1, 9, "2-4,6-7")));
            set.Changes.Add(SessionChange.Save(new SessionRow(5, "客户", 5, uint.MaxValue, null, message, 30)));
            set.Changes.Add(SessionChange.Save(new SubscriptionRow(5, [9], 0x2D, 268_435_455)));
            set.Changes.Add(SessionChange.Save(new InboundRow(5, 65_535, message)));
            set.Changes.Add(SessionChange.Add(new OutboundRow(5, 1, OutboundStage.Queued, 0, 1, false, [7, 8], message)));
            set.Changes.Add(SessionChange.Add(new OutboundRow(5, 2, OutboundStage.Queued, 0, 2, true, [], message with { ExpiresAtUnixMs = null })));
            set.Changes.Add(SessionChange.AdvanceOutbound(5, 2, OutboundStage.Released, 12));
            set.Changes.Add(SessionChange.SaveRetained(message));
            store.Commit(set);
        }

        using (var store = database.Open())
        {
            var state = store.Load();
            Assert.Equal((40, 5), Describe(state));
            var session = Assert.Single(state.Sessions);
            Assert.Equal(("客户", 5, uint.MaxValue, null, 30u), (session.ClientId, session.Version, session.ExpirySeconds, session.DisconnectedAtUnixMs, session.WillDelaySeconds));
            AssertSame(message, session.Will!);
            var subscription = Assert.Single(state.Subscriptions);
            Assert.Equal((5L, (byte)0x2D, 268_435_455u), (subscription.SessionKey, subscription.Options, subscription.Identifier));
            Assert.Equal([9], subscription.Filter);
            AssertSame(message, Assert.Single(state.Inbound).Message);
            Assert.Equal([(1, OutboundStage.Queued, 0, 1), (2, OutboundStage.Released, 12, 2)], state.Outbound.Select(o => ((int)o.Ordinal, o.Stage, o.PacketId, o.Qos)));
            Assert.Equal([7u, 8u], state.Outbound[0].SubscriptionIdentifiers);
            AssertSame(message, Assert.Single(state.Retained));
            Assert.Equal((9, "2-4,6-7"), store.ListMarks("ter_1").Select(mark => (mark.High, mark.FormatGaps())).Single());
            Assert.Empty(store.ListMarks("ter_2"));
            var events = store.ReadEvents(38, 10);
            Assert.Equal([39L, 40L], events.Select(e => e.Position));
            Assert.Equal((DeviceKind.Locker, "ter_1", "door", 1L, 2L, 3L, 4L), (events[0].Kind, events[0].Device, events[0].Message, events[0].Boot, events[0].Sequence, events[0].AtUnixMs, events[0].ReceivedUnixMs));
            Assert.Equal([null, "odd"], events.Select(e => e.QuarantineReason));
            Assert.Equal("""{"boot":1,"seq":2}"""u8, events[0].Payload.Span);
        }
    }

    [Fact]
    public async Task Credentials_are_saved_by_several_at_once_while_the_committer_writes()
    {
        await using var database = await OpenAsync();
        using var store = database.Open();
        store.Load();
        var credentials = (IDeviceCredentialStore)store;
        var cancel = TestContext.Current.CancellationToken;
        var committing = Task.Run(
            () =>
            {
                for (var position = 1; position <= 100; position++)
                {
                    var set = new DeviceWriteSet();
                    set.Events.Add(Row(position, null));
                    store.Commit(set);
                }
            },
            cancel);
        var saving = Enumerable.Range(0, 4).Select(person => Task.Run(
            async () =>
            {
                for (var i = 0; i < 10; i++) await credentials.SaveAsync(new DeviceCredential($"ter_{person}_{i}", DeviceKind.Locker, "h", [], false, 1), cancel);
            },
            cancel));
        await Task.WhenAll([committing, .. saving]);
        Assert.Equal(100, store.ReadEvents(0, 1000).Count);
        for (var person = 0; person < 4; person++)
        {
            for (var i = 0; i < 10; i++) Assert.NotNull(await credentials.FindAsync($"ter_{person}_{i}", cancel));
        }
    }

    [Fact]
    public async Task Removed_session_takes_everything_of_it_along_and_its_key_is_not_used_again()
    {
        await using var database = await OpenAsync();
        using var store = database.Open();
        store.Load();
        var message = new StoredMessage([1], [], [2], 1, false, null);
        var set = new DeviceWriteSet();
        set.Changes.Add(SessionChange.Save(new SessionRow(8, "a", 4, 60, 1000, null, 0)));
        set.Changes.Add(SessionChange.Save(new SubscriptionRow(8, [9], 1, 0)));
        set.Changes.Add(SessionChange.Save(new InboundRow(8, 1, message)));
        set.Changes.Add(SessionChange.Add(new OutboundRow(8, 1, OutboundStage.Sent, 1, 1, false, [], message)));
        set.Changes.Add(SessionChange.RemoveSession(8));
        store.Commit(set);
        var state = store.Load();
        Assert.Empty(state.Sessions);
        Assert.Empty(state.Subscriptions);
        Assert.Empty(state.Inbound);
        Assert.Empty(state.Outbound);
        Assert.Equal(8, state.LastSessionKey);
    }

    [Fact]
    public async Task Commit_that_fails_leaves_nothing_behind()
    {
        await using var database = await OpenAsync();
        using var store = database.Open();
        store.Load();
        var set = new DeviceWriteSet();
        set.Events.Add(Row(1, null));
        store.Commit(set);
        set.Clear();
        set.Events.Add(Row(2, null));
        set.Events.Add(Row(1, null));
        Assert.Throws<DeviceStoreException>(() => store.Commit(set));
        Assert.Equal(1, store.Load().LastPosition);
        Assert.Single(store.ReadEvents(0, 10));
    }

    [Fact]
    public async Task Credential_is_saved_and_replaced()
    {
        await using var database = await OpenAsync();
        using var store = database.Open();
        store.Load();
        var credentials = (IDeviceCredentialStore)store;
        var cancel = TestContext.Current.CancellationToken;
        Assert.Null(await credentials.FindAsync("ter_1", cancel));
        await credentials.SaveAsync(new DeviceCredential("ter_1", DeviceKind.Locker, "h", [], false, 1), cancel);
        await credentials.SaveAsync(new DeviceCredential("ter_1", DeviceKind.Locker, null, ["aa", "bb"], true, 2), cancel);
        var found = await credentials.FindAsync("ter_1", cancel);
        Assert.Equal((DeviceKind.Locker, null, true, 2L), (found!.Kind, found.PasswordHash, found.IsRevoked, found.Version));
        Assert.Equal(["aa", "bb"], found.CertificateSha256);
        await credentials.SaveAsync(new DeviceCredential("ter_0", DeviceKind.Vehicle, "h", [], false, 1), cancel);
        Assert.Equal(["ter_0", "ter_1"], (await credentials.ListAsync("", 10, cancel)).Select(c => c.Device));
        Assert.Equal(["ter_1"], (await credentials.ListAsync("ter_0", 1, cancel)).Select(c => c.Device));
    }

    [Fact]
    public async Task Claim_is_used_once_and_only_as_it_stands()
    {
        await using var database = await OpenAsync();
        using var store = database.Open();
        store.Load();
        var credentials = (IDeviceCredentialStore)store;
        var cancel = TestContext.Current.CancellationToken;
        var replaced = new DeviceClaim("ter_1", DeviceKind.Locker, "old", 1, "usr_1");
        var claim = new DeviceClaim("ter_1", DeviceKind.Locker, "new", 2, "usr_2");
        var credential = new DeviceCredential("ter_1", DeviceKind.Locker, "h", [], false, 1);
        await credentials.SaveClaimAsync(replaced, cancel);
        await credentials.SaveClaimAsync(claim, cancel);
        Assert.Equal(claim, await credentials.FindClaimAsync("ter_1", cancel));
        Assert.Equal([claim], await credentials.ListClaimsAsync("", 10, cancel));
        Assert.False(await credentials.TryUseClaimAsync(replaced, credential, cancel));
        Assert.Null(await credentials.FindAsync("ter_1", cancel));
        Assert.True(await credentials.TryUseClaimAsync(claim, credential, cancel));
        Assert.False(await credentials.TryUseClaimAsync(claim, credential with { Version = 2 }, cancel));
        Assert.Null(await credentials.FindClaimAsync("ter_1", cancel));
        Assert.Equal(1, (await credentials.FindAsync("ter_1", cancel))!.Version);
    }

    private protected abstract Task<TestDatabase> OpenAsync();

    private static (int Position, int Key) Describe(DeviceStoreState state) => ((int)state.LastPosition, (int)state.LastSessionKey);

    private static void AssertSame(StoredMessage expected, StoredMessage actual)
    {
        Assert.Equal(expected.Topic, actual.Topic);
        Assert.Equal(expected.Properties, actual.Properties);
        Assert.Equal(expected.Payload, actual.Payload);
        Assert.Equal((expected.Qos, expected.Retain, expected.ExpiresAtUnixMs), (actual.Qos, actual.Retain, actual.ExpiresAtUnixMs));
    }

    private static DeviceEventRow Row(long position, string? quarantine) => new()
    {
        Position = position,
        Kind = DeviceKind.Locker,
        Boot = 1,
        Sequence = 2,
        AtUnixMs = 3,
        ReceivedUnixMs = 4,
        QuarantineReason = quarantine,
        Buffer = Buffer,
        DeviceLength = 5,
        MessageOffset = 5,
        MessageLength = 4,
        PayloadOffset = 9,
        PayloadLength = Buffer.Length - 9,
    };

    /// <summary>A database to open a store on more than once.</summary>
    private protected sealed record TestDatabase(Func<IDeviceStore> Open, Func<ValueTask> Close) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Close();
    }
}

public sealed class SqliteDeviceStoreTests : DeviceStoreTests
{
    private protected override Task<TestDatabase> OpenAsync()
    {
        var folder = new TemporaryFolder();
        return Task.FromResult(new TestDatabase(() => new SqliteDeviceStore(folder.File("log.db")), () =>
        {
            folder.Dispose();
            return ValueTask.CompletedTask;
        }));
    }
}

public sealed class PostgresDeviceStoreTests(PostgresFixture postgres) : DeviceStoreTests, IClassFixture<PostgresFixture>
{
    private protected override async Task<TestDatabase> OpenAsync()
    {
        Assert.SkipWhen(postgres.Server is null, PostgresServer.MissingMessage);
        var connection = await postgres.Server.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        return new TestDatabase(() => new PostgresDeviceStore(connection), () => ValueTask.CompletedTask);
    }
}

/// <summary>One server for the tests of a class.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    public PostgresServer? Server { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (PostgresServer.FindBinaries() is not null)
        {
            Server = await PostgresServer.StartAsync();
        }
    }

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
