using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>The whole store: a database with its schema in place, and one store per aggregate. Thread-safe.</summary>
/// <remarks>
/// Stores hold no state; each call takes the <see cref="Db"/> of a transaction, so that several calls are durable together or not at all:
/// <code>await storage.WriteAsync(async db => { await storage.Orders…(db, …); await storage.Audit…(db, …); });</code>
/// </remarks>
public sealed class LogisticsStorage : IAsyncDisposable
{
    private const string KeyFile = "personal-data.key";
    private const string KeyCheck = "personal-data-key";

    private LogisticsStorage(Database database, TimeProvider time, IdFactory ids, PersonalDataCipher cipher)
    {
        Database = database;
        Time = time;
        Ids = ids;
        Cipher = cipher;
        Settings = new SettingsStore(time);
        Audit = new AuditStore(time, ids);
        Network = new NetworkStore(Audit, ids);
        Shifts = new ShiftStore(Audit);
        Rosters = new RosterStore(Audit, Shifts);
        Orders = new OrderStore(Audit, cipher, time);
        Quarantine = new QuarantineStore(Audit, cipher, time);
        Imports = new ImportStore(Orders, Quarantine, Audit, time, ids);
        Plans = new PlanStore(Orders, Audit, time);
        Users = new UserStore(Audit, time);
        History = new HistoryStore();
        Forecasts = new ForecastStore();
        Lockers = new LockerQueries();
        Custody = new CustodyStore(Orders, time);
        Closings = new ClosingStore(Audit, time);
        Board = new BoardQueries();
        Commands = new DeviceCommandStore(Audit);
        Devices = new DeviceRegistryStore(Audit);
        Twins = new TwinStore();
        Alarms = new AlarmStore(Audit, time);
        Generated = new GeneratedDayStore(Network, Shifts, Orders, Audit, time, ids);
    }

    public Database Database { get; }
    public TimeProvider Time { get; }
    public IdFactory Ids { get; }
    public PersonalDataCipher Cipher { get; }
    public SettingsStore Settings { get; }
    public AuditStore Audit { get; }
    public NetworkStore Network { get; }
    public ShiftStore Shifts { get; }
    public RosterStore Rosters { get; }
    public OrderStore Orders { get; }
    public QuarantineStore Quarantine { get; }
    public ImportStore Imports { get; }
    public PlanStore Plans { get; }
    public UserStore Users { get; }
    public HistoryStore History { get; }
    public ForecastStore Forecasts { get; }
    public LockerQueries Lockers { get; }
    public CustodyStore Custody { get; }
    public ClosingStore Closings { get; }
    public BoardQueries Board { get; }
    public DeviceCommandStore Commands { get; }
    public GeneratedDayStore Generated { get; }
    public DeviceRegistryStore Devices { get; }
    public TwinStore Twins { get; }
    public AlarmStore Alarms { get; }

    /// <summary>Opens or creates the database, applies missing migrations and checks the key of personal data.</summary>
    /// <exception cref="StorageException">With the place and the remedy.</exception>
    public static async Task<LogisticsStorage> OpenAsync(StorageOptions options, TimeProvider time, IdFactory? ids = null, CancellationToken cancel = default)
    {
        var database = Database.Open(options);
        try
        {
            await Migrator.ApplyAsync(database, Migrator.Load(typeof(LogisticsStorage).Assembly), time, cancel);
            var cipher = await OpenCipherAsync(database, Path.Combine(options.Folder(), KeyFile), time, cancel);
            return new LogisticsStorage(database, time, ids ?? new IdFactory(time), cipher);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc cref="Storage.Database.ReadAsync{T}"/>
    public Task<T> ReadAsync<T>(Func<Db, Task<T>> work, CancellationToken cancel = default) => Database.ReadAsync(work, cancel);

    /// <inheritdoc cref="Storage.Database.WriteAsync{T}"/>
    public Task<T> WriteAsync<T>(Func<Db, Task<T>> work, CancellationToken cancel = default) => Database.WriteAsync(work, cancel);

    /// <inheritdoc cref="Storage.Database.WriteAsync{T}"/>
    public Task WriteAsync(Func<Db, Task> work, CancellationToken cancel = default) => Database.WriteAsync(work, cancel);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    // The database remembers a digest of its key, so that a wrong or missing file is found at the start and not at the first address.
    private static Task<PersonalDataCipher> OpenCipherAsync(Database database, string path, TimeProvider time, CancellationToken cancel) => database.WriteAsync(
        async db =>
        {
            await db.LockAsync(KeyCheck);
            var settings = new SettingsStore(time);
            var known = await settings.FindAsync(db, KeyCheck);
            var cipher = PersonalDataCipher.FromFile(path, mayCreate: known is null);
            var check = cipher.PhoneTailDigest("00000000")!;
            if (known is null) await settings.SetAsync(db, KeyCheck, check);
            else if (known != check)
            {
                throw new StorageException(StorageFault.Key, $"The key file {path} is not the one this database was made with. Restore the file from the backup of the data folder.");
            }
            return cipher;
        },
        cancel);
}
