using System.Buffers;
using System.Text.Json;
using Logistics.DeviceGateway.Ingest;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Commands;

/// <summary>A command as its device receives it: topic and JSON.</summary>
public static class CommandMessage
{
    /// <summary>The last level of the topic, as DESIGN §5 names it.</summary>
    public static string NameOf(CommandKind kind) => kind switch
    {
        CommandKind.Open => "open",
        CommandKind.Block => "block",
        CommandKind.Unblock => "unblock",
        CommandKind.Reserve => "reserve",
        CommandKind.Release => "release",
        CommandKind.Codes => "codes",
        CommandKind.Config => "config",
        CommandKind.Snapshot => "snapshot?",
        CommandKind.Time => "time",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of command."),
    };

    public static string TopicOf(DeviceCommand command) => $"lg/v1/{DeviceTopic.NameOf(command.DeviceKind)}/{command.Device}/down/{NameOf(command.Kind)}";

    /// <summary>Writes the payload for an attempt made now.</summary>
    public static byte[] Write(DeviceCommand command, CommandRules rules, DateTimeOffset now)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("command", command.Id);
        // The device must begin before this, by its own clock: the margin covers how far that may be off.
        json.WriteNumber("notAfter", rules.StartBefore(command).ToUnixTimeMilliseconds());
        json.WriteString("token", command.Token);
        json.WriteString("actor", command.Actor);
        json.WriteString("reason", command.Reason);
        if (command.Compartment is not null)
        {
            json.WriteString("compartment", command.Compartment);
        }

        if (command.Kind == CommandKind.Time)
        {
            json.WriteNumber("now", now.ToUnixTimeMilliseconds());
        }

        if (command.Arguments is not null)
        {
            using var arguments = JsonDocument.Parse(command.Arguments);
            foreach (var argument in arguments.RootElement.EnumerateObject())
            {
                argument.WriteTo(json);
            }
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
