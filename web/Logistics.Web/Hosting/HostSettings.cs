using Logistics.OrTools;
using Logistics.Storage;
using Logistics.Web.Devices;

namespace Logistics.Web.Hosting;

/// <summary>What the command line and the environment say about this host.</summary>
/// <param name="DataDirectory">Absolute path of the folder for the SQLite file and keys.</param>
/// <param name="Storage">PostgreSQL connection string; null = SQLite in the data directory.</param>
/// <param name="IsEmpty">First start makes an empty service area instead of the demo city.</param>
/// <param name="DemoParcels">Parcels of the demo city's day.</param>
/// <param name="DemoSeed">Seed of the demo city.</param>
/// <param name="FirstPassword">Password of the accounts made at the first start; null = generated ones.</param>
/// <param name="ResetAccount">Set a new password for this account, print it and end.</param>
/// <param name="PassThrough">Arguments for ASP.NET Core's own configuration (--urls, --environment, --Section:Key).</param>
public sealed record HostSettings(string DataDirectory, string? Storage, bool IsEmpty, int DemoParcels, int DemoSeed, string? FirstPassword, string? ResetAccount, string[] PassThrough)
{
    /// <summary>Where devices connect.</summary>
    public DevicePorts Ports { get; init; } = new();

    /// <summary>How the exact engine is run.</summary>
    public CpSatOptions Exact { get; init; } = new();

    public const string Usage = """
        Logistics.Web – the host: pages, API, planner and schedule in one process.

          --data <folder>      SQLite file and keys            default: data/run beside Logistics.sln, else ./logistics-data   (env LOGISTICS_DATA)
          --storage <string>   PostgreSQL, "Host=…;Database=…"  default: SQLite in the data folder                             (env LOGISTICS_STORAGE)
          --urls <list>        where to listen                 default: http://localhost:5080                                 (env ASPNETCORE_URLS)
          --empty              first start without the demo city
          --demo-parcels <n>   parcels of the demo day         default: 3000
          --password <text>    first start: password of the accounts it makes, at least 8 characters; default: generated   (env LOGISTICS_PASSWORD)
          --demo-seed <n>      seed of the demo city           default: 1
          --mqtt-port <n>      devices by MQTT over TCP        default: 1883, or any free port where that is taken; 0 = any free port
          --mqtt-tls-port <n>  devices by MQTT over TLS        with --mqtt-certificate <file.pem>, certificate and key
          --jt808-port <n>     vehicle terminals by JT/T 808   default: none
          --broker <address>   devices behind a broker too     mqtt://user:password@host:1883, or mqtts://; default: none
                               (MQTT over WebSocket is at /mqtt of the web address)
          --reset-password <account>  sets and prints a new password, then ends (the host must be stopped on SQLite)
          --Section:Key value  any ASP.NET Core setting, such as --Logging:LogLevel:Default Debug
          --help               this text
        """;

    private const string UrlsOption = "--urls=";

    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Where to listen for browsers; several addresses divided by semicolons.</summary>
    public string Urls() => PassThrough.Where(a => a.StartsWith(UrlsOption, StringComparison.Ordinal)).Select(a => a[UrlsOption.Length..]).LastOrDefault() ?? DefaultUrl;

    /// <summary>Where Storage finds the data.</summary>
    public StorageOptions ToStorageOptions() => new(Storage ?? DataDirectory) { DataFolder = DataDirectory };

    /// <summary>Reads the arguments; every problem is reported, not only the first.</summary>
    public static HostSettings? Parse(IReadOnlyList<string> args, Func<string, string?> environment, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        var passThrough = new List<string>();
        string? data = environment("LOGISTICS_DATA"), storage = environment("LOGISTICS_STORAGE"), urls = environment("ASPNETCORE_URLS"), password = environment("LOGISTICS_PASSWORD"), reset = null;
        var (isEmpty, parcels, seed, ports) = (false, 3000, 1, new DevicePorts());
        for (var i = 0; i < args.Count; i++)
        {
            var (name, inline) = args[i].Split('=', 2) is [var key, var value] ? (key, value) : (args[i], null);
            switch (name)
            {
                case "--empty":
                    isEmpty = true;
                    break;
                case "--data":
                    data = Value(name, inline, args, ref i, found);
                    break;
                case "--storage":
                    storage = Value(name, inline, args, ref i, found);
                    break;
                case "--urls":
                    urls = Value(name, inline, args, ref i, found);
                    break;
                case "--password":
                    password = Value(name, inline, args, ref i, found);
                    break;
                case "--reset-password":
                    reset = Value(name, inline, args, ref i, found);
                    break;
                case "--demo-parcels":
                    parcels = Number(name, Value(name, inline, args, ref i, found), 1, 200_000, found) ?? parcels;
                    break;
                case "--demo-seed":
                    seed = Number(name, Value(name, inline, args, ref i, found), 0, int.MaxValue, found) ?? seed;
                    break;
                case "--mqtt-port" or "--mqtt-tls-port" or "--mqtt-certificate" or "--jt808-port" or "--broker":
                    ports = ports.With(name, Value(name, inline, args, ref i, found), found);
                    break;
                case "--environment" or "--contentRoot" or "--applicationName":
                    passThrough.Add($"{name}={Value(name, inline, args, ref i, found)}");
                    break;
                case var setting when setting.StartsWith("--", StringComparison.Ordinal) && setting.Contains(':', StringComparison.Ordinal):
                    passThrough.Add($"{name}={Value(name, inline, args, ref i, found)}");
                    break;
                default:
                    found.Add($"\"{args[i]}\" is not an option of this program. Maybe see --help.");
                    break;
            }
        }
        if (string.IsNullOrEmpty(password)) password = null;
        else if (password.Length < 8) found.Add("--password must have at least 8 characters.");
        ports.Check(found);
        passThrough.Add($"{UrlsOption}{(string.IsNullOrWhiteSpace(urls) ? DefaultUrl : urls)}");
        problems = found;
        return found.Count > 0
            ? null
            : new HostSettings(Path.GetFullPath(data ?? DefaultDataDirectory()), string.IsNullOrWhiteSpace(storage) ? null : storage, isEmpty, parcels, seed, password, reset, [.. passThrough]) { Ports = ports };
    }

    private static string? Value(string name, string? inline, IReadOnlyList<string> args, ref int i, List<string> problems)
    {
        if (!string.IsNullOrEmpty(inline)) return inline;
        if (inline is null && i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal)) return args[++i];
        problems.Add($"{name} needs a value.");
        return null;
    }

    private static int? Number(string name, string? text, int least, int most, List<string> problems)
    {
        if (text is null) return null;
        if (int.TryParse(text, out var number) && number >= least && number <= most) return number;
        problems.Add($"{name} \"{text}\" must be a whole number from {least} to {most}.");
        return null;
    }

    private static string DefaultDataDirectory()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Logistics.sln"))) return Path.Combine(folder.FullName, "data", "run");
        }
        return "logistics-data";
    }
}
