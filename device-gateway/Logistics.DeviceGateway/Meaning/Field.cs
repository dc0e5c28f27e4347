namespace Logistics.DeviceGateway.Meaning;

/// <summary>The members of messages that the gateway reads; any other member is ignored, so that devices may say more.</summary>
internal enum Field
{
    None,
    Boot,
    Sequence,
    At,
    Accuracy,
    Battery,
    Cause,
    Code,
    Command,
    Compartment,
    Compartments,
    Datum,
    Detail,
    Door,
    Epcs,
    Firmware,
    Heading,
    LastCommand,
    Lat,
    Lon,
    Model,
    Nmea,
    Occupied,
    Outcome,
    Parcel,
    Power,
    Proof,
    Purpose,
    Reader,
    Reason,
    Rssi,
    Service,
    Size,
    Speed,
    State,
    Stop,
    Temperature,
}

internal enum FieldType
{
    Integer,
    Number,
    Text,
    Flag,
    List,
}

/// <summary>Name, type and longest text of each field, and which fields each message has.</summary>
internal static class Fields
{
    public const int Count = (int)Field.Temperature + 1;

    private const ulong Envelope = (1UL << (int)Field.Boot) | (1UL << (int)Field.Sequence) | (1UL << (int)Field.At);

    private static readonly string[] Names = MakeNames();

    private static readonly WireTable<Field> ByName = new(Enum.GetValues<Field>().Where(field => field != Field.None).Select(field => (Names[(int)field], field)));

    /// <summary>Members of one compartment inside a snapshot.</summary>
    public static ulong OfCompartment { get; } = Set(Field.Compartment, Field.Size, Field.Door, Field.Occupied, Field.Service, Field.Parcel);

    private static readonly ulong[] OfMessage =
    [
        Envelope | Set(Field.Firmware, Field.Model, Field.Battery, Field.Power, Field.Temperature, Field.LastCommand),
        Envelope | Set(Field.Firmware, Field.Model, Field.Battery, Field.Power, Field.Temperature, Field.LastCommand),
        Envelope | Set(Field.Compartments, Field.Firmware, Field.Battery, Field.Power, Field.Temperature),
        Envelope | Set(Field.Compartment, Field.State, Field.Cause),
        Envelope | Set(Field.Compartment, Field.State, Field.Cause, Field.Parcel),
        Envelope | Set(Field.Compartment, Field.Code, Field.State, Field.Detail),
        Envelope | Set(Field.State, Field.Battery),
        Envelope | Set(Field.Compartment, Field.State, Field.Detail),
        Envelope | Set(Field.Command, Field.Outcome, Field.Detail),
        Envelope | Set(Field.Code, Field.Reader, Field.Rssi, Field.Purpose, Field.Compartment),
        Envelope | Set(Field.Epcs, Field.Reader, Field.Compartment),
        Envelope | Set(Field.Lon, Field.Lat, Field.Datum, Field.Speed, Field.Heading, Field.Accuracy, Field.Nmea),
        Envelope | Set(Field.Stop, Field.Parcel, Field.Outcome, Field.Reason, Field.Proof),
    ];

    public static ulong Of(UpMessage message) => OfMessage[(int)message];

    public static ulong Set(params ReadOnlySpan<Field> fields)
    {
        var set = 0UL;
        foreach (var field in fields)
        {
            set |= 1UL << (int)field;
        }

        return set;
    }

    public static string NameOf(Field field) => Names[(int)field];

    public static FieldType TypeOf(Field field) => field switch
    {
        Field.Boot or Field.Sequence or Field.At => FieldType.Integer,
        Field.Accuracy or Field.Battery or Field.Heading or Field.Lat or Field.Lon or Field.Rssi or Field.Speed or Field.Temperature => FieldType.Number,
        Field.Occupied => FieldType.Flag,
        Field.Compartments or Field.Epcs => FieldType.List,
        _ => FieldType.Text,
    };

    /// <summary>UTF-8 bytes.</summary>
    public static int MaximumTextOf(Field field) => field switch
    {
        Field.Detail or Field.Reason or Field.Proof => 256,
        Field.Code or Field.Nmea => 128,
        Field.Compartment => 16,
        _ => 64,
    };

    /// <summary>The field of a member name; <see cref="Field.None"/> for a member the gateway does not read.</summary>
    public static Field Find(ReadOnlySpan<byte> name) => ByName.Find(name) ?? Field.None;

    private static string[] MakeNames()
    {
        var names = Enum.GetNames<Field>();
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = char.ToLowerInvariant(names[i][0]) + names[i][1..];
        }

        names[(int)Field.Sequence] = "seq";
        return names;
    }
}
