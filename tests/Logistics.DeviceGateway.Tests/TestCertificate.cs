using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Logistics.DeviceGateway.Tests;

/// <summary>Certificates that vouch for themselves.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 Make(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
