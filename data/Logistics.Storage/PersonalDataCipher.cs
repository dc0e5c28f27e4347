using System.Security.Cryptography;
using System.Text;

namespace Logistics.Storage;

/// <summary>Encrypts personal data at rest (AES-256-GCM) and makes the keyed digest that phone-tail search compares.</summary>
/// <remarks>
/// Layout: version 1, key number, 12-byte nonce, 16-byte tag, ciphertext. The owner's id is authenticated with it, so a value moved to
/// another row does not decrypt. Keys live in a file of their own, readable by the owner only: a copied database alone reveals nothing.
/// Nonces are random; with 2³² values per key the chance of a repeat stays below 2⁻³². Thread-safe.
/// </remarks>
public sealed class PersonalDataCipher
{
    private const byte Version = 1;
    private const int HeaderBytes = 2;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly IReadOnlyList<byte[]> _keys;
    private readonly byte[] _searchKey;

    /// <param name="keys">32 bytes each; the last one encrypts, all decrypt. The first also keys the search digest.</param>
    public PersonalDataCipher(IReadOnlyList<byte[]> keys)
    {
        if (keys.Count is 0 or > 255 || keys.Any(k => k.Length != 32)) throw new ArgumentException("1 to 255 keys of 32 bytes are needed.", nameof(keys));
        _keys = keys;
        _searchKey = HKDF.DeriveKey(HashAlgorithmName.SHA256, keys[0], 32, info: "phone-tail"u8.ToArray());
    }

    /// <summary>Reads the key file, or makes one when neither the file nor any encrypted data exists yet.</summary>
    /// <param name="path">Text; one base64 key a line, oldest first.</param>
    /// <param name="mayCreate">False once data was encrypted: a fresh key could not read it.</param>
    /// <exception cref="StorageException"><see cref="StorageFault.Key"/>.</exception>
    public static PersonalDataCipher FromFile(string path, bool mayCreate)
    {
        if (!File.Exists(path))
        {
            if (!mayCreate)
            {
                throw new StorageException(StorageFault.Key, $"The key file {path} is missing, and the database holds data encrypted with it. Restore the file from the backup of the data folder.");
            }
            CreateFile(path);
        }
        try
        {
            var keys = File.ReadAllLines(path).Where(l => l.Length > 0).Select(Convert.FromBase64String).ToList();
            return new PersonalDataCipher(keys);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new StorageException(StorageFault.Key, $"The key file {path} must hold one base64 key of 32 bytes a line: {e.Message}", e);
        }
    }

    /// <param name="owner">Id of the row it belongs to.</param>
    public byte[] Encrypt(string text, string owner)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedBytes = new byte[HeaderBytes + NonceBytes + TagBytes + plain.Length];
        sealedBytes[0] = Version;
        sealedBytes[1] = (byte)(_keys.Count - 1);
        var nonce = sealedBytes.AsSpan(HeaderBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_keys[^1], TagBytes);
        aes.Encrypt(
            nonce, plain, sealedBytes.AsSpan(HeaderBytes + NonceBytes + TagBytes), sealedBytes.AsSpan(HeaderBytes + NonceBytes, TagBytes), Encoding.UTF8.GetBytes(owner));
        return sealedBytes;
    }

    /// <exception cref="StorageException"><see cref="StorageFault.Key"/> when the key, the owner or the bytes are not the ones it was made with.</exception>
    public string Decrypt(byte[] sealedBytes, string owner)
    {
        if (sealedBytes.Length < HeaderBytes + NonceBytes + TagBytes || sealedBytes[0] != Version || sealedBytes[1] >= _keys.Count)
        {
            throw new StorageException(StorageFault.Key, $"The personal data of {owner} needs a key that the key file does not have.");
        }
        var plain = new byte[sealedBytes.Length - HeaderBytes - NonceBytes - TagBytes];
        using var aes = new AesGcm(_keys[sealedBytes[1]], TagBytes);
        try
        {
            aes.Decrypt(
                sealedBytes.AsSpan(HeaderBytes, NonceBytes), sealedBytes.AsSpan(HeaderBytes + NonceBytes + TagBytes), sealedBytes.AsSpan(HeaderBytes + NonceBytes, TagBytes),
                plain, Encoding.UTF8.GetBytes(owner));
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new StorageException(StorageFault.Key, $"The personal data of {owner} does not open with this key file. Is it the file this database was made with?", e);
        }
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>Digest of a phone's last four digits, for equality search; 32 hex digits. Null when there are fewer than four.</summary>
    public string? PhoneTailDigest(string phone)
    {
        var digits = new string([.. phone.Where(char.IsAsciiDigit)]);
        return digits.Length < 4 ? null : Convert.ToHexStringLower(HMACSHA256.HashData(_searchKey, Encoding.ASCII.GetBytes(digits[^4..])).AsSpan(0, 16));
    }

    private static void CreateFile(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(path, options);
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n"));
            stream.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageFault.Key, $"The key file {path} cannot be made: {e.Message}", e);
        }
    }
}
