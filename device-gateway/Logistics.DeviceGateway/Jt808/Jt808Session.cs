using System.Globalization;
using System.Text;
using Logistics.DeviceGateway.Ingest;
using Logistics.DeviceGateway.Listening;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Jt808;

/// <summary>One connection of a terminal: turns its messages into events with an identity.</summary>
/// <remarks>
/// The protocol's serial number has 16 bits and starts again with the terminal, so it is no identity for a log. Events get the device's
/// own numbers of this process (<see cref="OutsideDevice"/>), and a message that is sent again – same serial, same place in it, same time –
/// is recognised, after a restart by what the end of the log holds (<see cref="Jt808Memory"/>).
/// </remarks>
internal sealed class Jt808Session(string address)
{
    private readonly List<OutsideMessage> _unconfirmed = [];
    private readonly Jt808Parts _parts = new();
    private OutsideDevice? _device;
    private ushort _serial;

    public string Address { get; } = address;

    /// <summary>Null until it is authenticated.</summary>
    public string? Device { get; private set; }

    public string? Phone { get; private set; }

    public void Welcome(string device, string phone, OutsideDevice numbers) => (Device, Phone, _device) = (device, phone, numbers);

    public ushort NextSerial() => _serial++;

    /// <summary>What was taken is on disk.</summary>
    public void Confirm()
    {
        foreach (var message in _unconfirmed)
        {
            _device!.Remember(message);
        }

        _unconfirmed.Clear();
    }

    /// <summary>Takes one message: its events, and the answer that may leave once they are on disk.</summary>
    public void Take(string device, Jt808Header header, ReadOnlySpan<byte> body, long nowUnixMs, List<OutsideEvent> events, List<Jt808Answer> answers)
    {
        if (header.MessageId == Jt808Message.TerminalReply)
        {
            return;
        }

        if (!header.IsPart || header.IsEncrypted)
        {
            answers.Add(Jt808Answer.General(header, header.IsEncrypted ? ReplyResult.Unsupported : Read(device, header, body, nowUnixMs, events)));
            return;
        }

        if (header.PartCount > Jt808Parts.MaximumCount || header.MessageId is not (Jt808Message.Location or Jt808Message.BatchLocation))
        {
            answers.Add(Jt808Answer.General(header, ReplyResult.Unsupported));
            return;
        }

        _parts.Take(header, body, out var whole, out var request);
        answers.Add(Jt808Answer.General(header, whole is null ? ReplyResult.Done : Read(device, header, whole, nowUnixMs, events)));
        if (request is not null)
        {
            answers.Add(new Jt808Answer(header, Jt808Message.ResendRequest, request));
        }
    }

    private ReplyResult Read(string device, Jt808Header header, ReadOnlySpan<byte> body, long nowUnixMs, List<OutsideEvent> events)
    {
        switch (header.MessageId)
        {
            case Jt808Message.Heartbeat:
                Add(device, new OutsideMessage(header.Serial, 0, nowUnixMs), "heartbeat", "", events);
                return ReplyResult.Done;
            case Jt808Message.Location:
                if (!Jt808Location.TryRead(body, out var one))
                {
                    return ReplyResult.Malformed;
                }

                AddLocation(device, header.FirstSerial, 0, one, events);
                return ReplyResult.Done;
            case Jt808Message.BatchLocation:
                if (!Jt808Location.TryReadBatch(body, out var many))
                {
                    return ReplyResult.Malformed;
                }

                for (var item = 0; item < many.Count; item++)
                {
                    AddLocation(device, header.FirstSerial, item, many[item], events);
                }

                return ReplyResult.Done;
            case Jt808Message.Unregister:
                return ReplyResult.Done;
            default:
                return ReplyResult.Unsupported;
        }
    }

    private void AddLocation(string device, ushort serial, int item, Jt808Location location, List<OutsideEvent> events)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $",\"alarmBits\":{location.AlarmBits},\"statusBits\":{location.StatusBits}");
        if (location.MileageMetres is { } mileage)
        {
            text.Append(CultureInfo.InvariantCulture, $",\"mileage\":{mileage}");
        }

        if (location.HasFix)
        {
            text.Append(CultureInfo.InvariantCulture, $",\"lon\":{location.Point.Lon:0.######},\"lat\":{location.Point.Lat:0.######},\"speed\":{location.SpeedKmh / 3.6:0.###},\"heading\":{location.HeadingDegrees},\"altitude\":{location.AltitudeMetres}");
        }

        // Without a fix the report still says that the terminal lives.
        Add(device, new OutsideMessage(serial, item, location.At.ToUnixTimeMilliseconds()), location.HasFix ? "position" : "heartbeat", text.ToString(), events);
    }

    private void Add(string device, OutsideMessage sent, string message, string members, List<OutsideEvent> events)
    {
        if (_device!.IsKnown(sent) || _unconfirmed.Contains(sent))
        {
            return;
        }

        _unconfirmed.Add(sent);
        var (boot, sequence) = _device.NextIdentity();
        var payload = string.Create(CultureInfo.InvariantCulture, $$"""{"boot":{{boot}},"seq":{{sequence}},"at":{{sent.At}},"protocol":"jt808","serial":{{sent.Serial}},"item":{{sent.Item}}{{members}}}""");
        events.Add(new OutsideEvent(DeviceKind.Vehicle, device, message, Encoding.UTF8.GetBytes(payload)));
    }
}
