using System.Security.Cryptography;
using Logistics.Testing;

namespace Logistics.Storage.Tests;

public sealed class PersonalDataCipherTests
{
    private static readonly byte[] Key1 = [.. Enumerable.Repeat((byte)1, 32)];
    private static readonly byte[] Key2 = [.. Enumerable.Repeat((byte)2, 32)];

    [Fact]
    public void Text_comes_back_for_its_owner_only_and_untouched_only()
    {
        var cipher = new PersonalDataCipher([Key1]);
        var bytes = cipher.Encrypt("王小明 13812345678", "par_1");

        Assert.Equal("王小明 13812345678", cipher.Decrypt(bytes, "par_1"));
        Assert.NotEqual(bytes, cipher.Encrypt("王小明 13812345678", "par_1"));
        Assert.Equal(StorageFault.Key, Assert.Throws<StorageException>(() => cipher.Decrypt(bytes, "par_2")).Fault);
        for (var i = 0; i < bytes.Length; i++)
        {
            var damaged = bytes.ToArray();
            damaged[i] ^= 0x40;
            Assert.Throws<StorageException>(() => cipher.Decrypt(damaged, "par_1"));
        }
        Assert.Throws<StorageException>(() => cipher.Decrypt(bytes[..20], "par_1"));
    }

    [Fact]
    public void Added_key_encrypts_and_the_old_one_still_decrypts_and_searches()
    {
        var old = new PersonalDataCipher([Key1]);
        var rotated = new PersonalDataCipher([Key1, Key2]);

        Assert.Equal("x", rotated.Decrypt(old.Encrypt("x", "a"), "a"));
        Assert.Equal("x", rotated.Decrypt(rotated.Encrypt("x", "a"), "a"));
        Assert.Throws<StorageException>(() => old.Decrypt(rotated.Encrypt("x", "a"), "a"));
        Assert.Equal(old.PhoneTailDigest("13812345678"), rotated.PhoneTailDigest("5678"));
        Assert.NotEqual(old.PhoneTailDigest("5678"), old.PhoneTailDigest("5679"));
        Assert.Null(old.PhoneTailDigest("678"));
    }

    [Fact]
    public void Key_file_is_made_once_and_only_its_owner_reads_it()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("personal-data.key");
        var made = PersonalDataCipher.FromFile(path, mayCreate: true);
        Assert.Equal("x", PersonalDataCipher.FromFile(path, mayCreate: false).Decrypt(made.Encrypt("x", "a"), "a"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Key_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => new PersonalDataCipher([RandomNumberGenerator.GetBytes(16)]));
}
