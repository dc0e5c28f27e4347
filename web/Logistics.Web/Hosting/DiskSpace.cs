namespace Logistics.Web.Hosting;

/// <summary>Tells a full disk from other failures of reading and writing.</summary>
public static class DiskSpace
{
    private const int WindowsDiskFull = unchecked((int)0x80070070), NoSpaceLeft = 28;

    public static bool IsFull(IOException e) => e.HResult is WindowsDiskFull or NoSpaceLeft || e.Message.Contains("No space left", StringComparison.Ordinal);
}
