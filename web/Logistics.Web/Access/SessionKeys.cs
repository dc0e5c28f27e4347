using System.Xml.Linq;
using Logistics.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Logistics.Web.Access;

/// <summary>Keeps the keys of session cookies in the database, encrypted with the personal-data key, so that every host accepts every session.</summary>
public sealed class SessionKeys(LogisticsStorage storage) : IXmlRepository
{
    private const string Prefix = "session.key.";

    public static void Add(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("Logistics");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new SessionKeys(s.GetRequiredService<LogisticsStorage>())));
    }

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        // Data protection asks synchronously, once at start and then daily.
        var stored = storage.ReadAsync(db => storage.Settings.ListAsync(db, Prefix)).GetAwaiter().GetResult();
        return [.. stored.Select(s => XElement.Parse(storage.Cipher.Decrypt(Convert.FromBase64String(s.Value), s.Key)))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        var name = Prefix + friendlyName;
        var value = Convert.ToBase64String(storage.Cipher.Encrypt(element.ToString(SaveOptions.DisableFormatting), name));
        storage.WriteAsync(db => storage.Settings.SetAsync(db, name, value)).GetAwaiter().GetResult();
    }
}
