namespace Logistics.Planning.Formats;

/// <summary>Reads a benchmark text of any format we know, recognised by its content.</summary>
public static class InstanceReader
{
    /// <param name="name">File name without folder and extension; some conventions follow the name.</param>
    public static ReadResult<Instance> Read(string text, string name)
    {
        if (VrpdoFormat.Recognises(text)) return VrpdoFormat.Read(text, name);
        if (VrplibFormat.Recognises(text)) return VrplibFormat.Read(text, name);
        if (SolomonFormat.Recognises(text)) return SolomonFormat.Read(text, name);
        if (LiLimFormat.Recognises(text)) return LiLimFormat.Read(text, name);
        return ReadResult.Failed<Instance>("The format is none of Solomon, CVRPLIB/VRPLIB, Li & Lim, VRPDO.");
    }

    public static bool Recognises(string text) =>
        VrpdoFormat.Recognises(text) || VrplibFormat.Recognises(text) || SolomonFormat.Recognises(text) || LiLimFormat.Recognises(text);
}
