using Logistics.Web.Demo;

namespace Logistics.Web.Hosting;

/// <summary>What the console shows when the host is ready.</summary>
public static class Banner
{
    public static void Print(TextWriter console, IEnumerable<string> urls, HostSettings settings, IReadOnlyList<FirstAccount>? accounts)
    {
        console.WriteLine();
        console.WriteLine($"  Logistics is ready: {string.Join("  ", urls)}");
        console.WriteLine($"  Data: {(settings.Storage is null ? settings.DataDirectory : "PostgreSQL, keys in " + settings.DataDirectory)}");
        if (accounts is not null)
        {
            console.WriteLine();
            console.WriteLine("  Accounts (shown only now; an administrator can set new passwords on the Users page):");
            foreach (var a in accounts) console.WriteLine($"    {a.Name,-14} {a.Password,-22} {a.Role}{(a.Partner is null ? "" : $" ({a.Partner})")}");
        }
        else
        {
            console.WriteLine("  Accounts were shown at the first start. To set a new password: stop the host and run it with --reset-password <account>.");
        }
        console.WriteLine();
    }
}
