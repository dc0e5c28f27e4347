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
    public static Field Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("at"u8) ? Field.At : Field.None,
        3 => name.SequenceEqual("seq"u8) ? Field.Sequence : name.SequenceEqual("lon"u8) ? Field.Lon : name.SequenceEqual("lat"u8) ? Field.Lat : Field.None,
        4 => FindOfFour(name),
        5 => FindOfFive(name),
        6 => FindOfSix(name),
        7 => FindOfSeven(name),
        8 => FindOfEight(name),
        11 => name.SequenceEqual("compartment"u8) ? Field.Compartment : name.SequenceEqual("temperature"u8) ? Field.Temperature : name.SequenceEqual("lastCommand"u8) ? Field.LastCommand : Field.None,
        12 => name.SequenceEqual("compartments"u8) ? Field.Compartments : Field.None,
        _ => Field.None,
    };

    private static Field FindOfFour(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("boot"u8))
        {
            return Field.Boot;
        }

        if (name.SequenceEqual("door"u8))
        {
            return Field.Door;
        }

        if (name.SequenceEqual("code"u8))
        {
            return Field.Code;
        }

        if (name.SequenceEqual("epcs"u8))
        {
            return Field.Epcs;
        }

        if (name.SequenceEqual("nmea"u8))
        {
            return Field.Nmea;
        }

        if (name.SequenceEqual("rssi"u8))
        {
            return Field.Rssi;
        }

        if (name.SequenceEqual("size"u8))
        {
            return Field.Size;
        }

        return name.SequenceEqual("stop"u8) ? Field.Stop : Field.None;
    }

    private static Field FindOfFive(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("state"u8))
        {
            return Field.State;
        }

        if (name.SequenceEqual("cause"u8))
        {
            return Field.Cause;
        }

        if (name.SequenceEqual("power"u8))
        {
            return Field.Power;
        }

        if (name.SequenceEqual("speed"u8))
        {
            return Field.Speed;
        }

        if (name.SequenceEqual("datum"u8))
        {
            return Field.Datum;
        }

        if (name.SequenceEqual("model"u8))
        {
            return Field.Model;
        }

        return name.SequenceEqual("proof"u8) ? Field.Proof : Field.None;
    }

    private static Field FindOfSix(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("parcel"u8))
        {
            return Field.Parcel;
        }

        if (name.SequenceEqual("reader"u8))
        {
            return Field.Reader;
        }

        if (name.SequenceEqual("detail"u8))
        {
            return Field.Detail;
        }

        return name.SequenceEqual("reason"u8) ? Field.Reason : Field.None;
    }

    private static Field FindOfSeven(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("battery"u8))
        {
            return Field.Battery;
        }

        if (name.SequenceEqual("heading"u8))
        {
            return Field.Heading;
        }

        if (name.SequenceEqual("command"u8))
        {
            return Field.Command;
        }

        if (name.SequenceEqual("outcome"u8))
        {
            return Field.Outcome;
        }

        if (name.SequenceEqual("purpose"u8))
        {
            return Field.Purpose;
        }

        return name.SequenceEqual("service"u8) ? Field.Service : Field.None;
    }

    private static Field FindOfEight(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("accuracy"u8))
        {
            return Field.Accuracy;
        }

        if (name.SequenceEqual("firmware"u8))
        {
            return Field.Firmware;
        }

        return name.SequenceEqual("occupied"u8) ? Field.Occupied : Field.None;
    }

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
