using Logistics.Domain;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>The words of the protocol and what they stand for.</summary>
internal static class WireNames
{
    public static DoorState? Door(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("open"u8))
        {
            return DoorState.Open;
        }

        if (text.SequenceEqual("closed"u8))
        {
            return DoorState.Closed;
        }

        return text.SequenceEqual("unknown"u8) ? DoorState.Unknown : null;
    }

    public static CompartmentService? Service(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("inService"u8))
        {
            return CompartmentService.InService;
        }

        if (text.SequenceEqual("blocked"u8))
        {
            return CompartmentService.Blocked;
        }

        return text.SequenceEqual("faulty"u8) ? CompartmentService.Faulty : null;
    }

    public static SizeClass? Size(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("S"u8))
        {
            return SizeClass.S;
        }

        if (text.SequenceEqual("M"u8))
        {
            return SizeClass.M;
        }

        if (text.SequenceEqual("L"u8))
        {
            return SizeClass.L;
        }

        return text.SequenceEqual("XL"u8) ? SizeClass.XL : null;
    }

    public static bool? Occupied(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("occupied"u8))
        {
            return true;
        }

        return text.SequenceEqual("empty"u8) ? false : null;
    }

    /// <summary>Of faults and tampering.</summary>
    public static bool? Raised(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("raised"u8))
        {
            return true;
        }

        return text.SequenceEqual("cleared"u8) ? false : null;
    }

    public static PowerSource? Power(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("mains"u8))
        {
            return PowerSource.Mains;
        }

        if (text.SequenceEqual("battery"u8))
        {
            return PowerSource.Battery;
        }

        return text.SequenceEqual("off"u8) ? PowerSource.Off : null;
    }

    public static Datum? Datum(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.SequenceEqual("wgs84"u8))
        {
            return Domain.Datum.Wgs84;
        }

        if (text.SequenceEqual("gcj02"u8))
        {
            return Domain.Datum.Gcj02;
        }

        return text.SequenceEqual("bd09"u8) ? Domain.Datum.Bd09 : null;
    }

    public static ScanPurpose? Purpose(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("load"u8))
        {
            return ScanPurpose.Load;
        }

        if (text.SequenceEqual("deposit"u8))
        {
            return ScanPurpose.Deposit;
        }

        if (text.SequenceEqual("return"u8))
        {
            return ScanPurpose.Return;
        }

        return text.SequenceEqual("inventory"u8) ? ScanPurpose.Inventory : null;
    }

    public static CommandOutcome? Command(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("done"u8))
        {
            return CommandOutcome.Done;
        }

        if (text.SequenceEqual("refused"u8))
        {
            return CommandOutcome.Refused;
        }

        if (text.SequenceEqual("failed"u8))
        {
            return CommandOutcome.Failed;
        }

        if (text.SequenceEqual("expired"u8))
        {
            return CommandOutcome.Expired;
        }

        return text.SequenceEqual("duplicate"u8) ? CommandOutcome.Duplicate : null;
    }

    public static TaskOutcome? Task(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual("done"u8))
        {
            return TaskOutcome.Done;
        }

        if (text.SequenceEqual("failed"u8))
        {
            return TaskOutcome.Failed;
        }

        return text.SequenceEqual("skipped"u8) ? TaskOutcome.Skipped : null;
    }
}
