using Logistics.Domain.Devices;

namespace Logistics.DeviceSimulator.Day;

/// <summary>Something a device does at a moment of the day.</summary>
/// <param name="At">By the timetable.</param>
/// <param name="Message">Last level of the topic; empty for a power cut.</param>
/// <param name="Members">The message's own members as JSON text, without braces.</param>
internal sealed record Step(DateTimeOffset At, string Message, string Members)
{
    public bool IsPowerCut => Message.Length == 0;

    public static Step PowerCut(DateTimeOffset at) => new(at, "", "");
}

/// <summary>All a device will do of its own accord.</summary>
internal sealed record DeviceScript(string Device, DeviceKind Kind, IReadOnlyList<Step> Steps);
