namespace Logistics.Testing;

/// <summary>A fresh folder that is gone when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string FullName { get; } = Directory.CreateTempSubdirectory("logistics-test-").FullName;

    public string File(string name) => Path.Combine(FullName, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(FullName, recursive: true);
        }
        catch (IOException)
        {
            // A child process that is still dying may hold a file; the system's temp cleaning takes the rest.
        }
    }
}
