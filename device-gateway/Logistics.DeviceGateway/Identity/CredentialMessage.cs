using System.Buffers;
using System.Text;
using System.Text.Json;
using Logistics.DeviceGateway.Ingest;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Identity;

/// <summary>The one message that carries a secret: <c>…/down/credential</c> after a claim.</summary>
internal static class CredentialMessage
{
    public static StoredMessage Create(IssuedCredential issued)
    {
        var credential = issued.Credential;
        var topic = Encoding.UTF8.GetBytes($"lg/v1/{DeviceTopic.NameOf(credential.Kind)}/{credential.Device}/down/credential");
        return new StoredMessage(topic, [], Write(issued), Qos: 1, Retain: false, ExpiresAtUnixMs: null);
    }

    public static byte[] Write(IssuedCredential issued)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("device", issued.Credential.Device);
        json.WriteString("kind", DeviceTopic.NameOf(issued.Credential.Kind));
        json.WriteString("password", issued.Password);
        json.WriteNumber("version", issued.Credential.Version);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
