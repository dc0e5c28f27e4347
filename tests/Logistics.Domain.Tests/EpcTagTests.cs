using FsCheck;
using FsCheck.Fluent;
using Logistics.Domain.Codes;

namespace Logistics.Domain.Tests;

public sealed class EpcTagTests
{
    [Theory]
    [InlineData("3074257BF7194E4000001A85", "urn:epc:tag:sgtin-96:3.0614141.812345.6789", "urn:epc:id:sgtin:0614141.812345.6789", "(01)80614141123458(21)6789")]
    [InlineData("3174257BF4499602D2000000", "urn:epc:tag:sscc-96:3.0614141.1234567890", "urn:epc:id:sscc:0614141.1234567890", "(00)106141412345678908")]
    [InlineData("3374257BF40C0E4000000190", "urn:epc:tag:grai-96:3.0614141.12345.400", "urn:epc:id:grai:0614141.12345.400", "(8003)00614141123452400")]
    [InlineData("3474257BF40000000000162E", "urn:epc:tag:giai-96:3.0614141.5678", "urn:epc:id:giai:0614141.5678", "(8004)06141415678")]
    public void Tag_is_read_and_written_in_all_its_forms(string hex, string uri, string identity, string element)
    {
        Assert.True(EpcTag.TryDecode(hex, out var tag, out _));
        Assert.Equal((uri, identity, element, hex), (tag.ToUri(), tag.ToIdentityUri(), Gs1.ToElementString(tag), tag.ToHex()));
        Assert.True(EpcTag.TryParseUri(uri, out var fromUri, out _));
        Assert.True(Gs1.TryParse(element, 7, 3, out var fromElement, out _));
        Assert.Equal((tag, tag), (fromUri, fromElement));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3074257BF7194E4000001A8")]
    [InlineData("3074257BF7194E4000001A855")]
    [InlineData("3074257BF7194E4000001A8G")]
    [InlineData("３074257BF7194E4000001A85")]
    [InlineData("E28011700000020A3F1B2C44")] // another scheme's header
    [InlineData("307C257BF7194E4000001A85")] // partition 7
    [InlineData("3174257BF4499602D2000001")] // SSCC's last 24 bits are reserved
    [InlineData("3077FFFFF7194E4000001A85")] // seven digits hold no 9,999,999 + n
    public void Hex_that_is_no_tag_is_refused_with_the_reason(string hex)
    {
        Assert.False(EpcTag.TryDecode(hex, out _, out var fault));
        Assert.NotNull(fault);
    }

    [Theory]
    [InlineData("urn:epc:tag:sgtin-96:3.0614141.812345")]
    [InlineData("urn:epc:tag:sgtin-96:8.0614141.812345.6789")]
    [InlineData("urn:epc:tag:sgtin-96:3.0614141.81234.6789")]
    [InlineData("urn:epc:tag:sgtin-96:3.0614141.812345.06789")]
    [InlineData("urn:epc:tag:sgtin-96:3.0614141.812345.274877906944")]
    [InlineData("urn:epc:tag:sscc-96:3.06141.123456789012")]
    [InlineData("urn:epc:tag:giai-96:3.0614141.")]
    [InlineData("urn:epc:tag:giai-96:3.0614141.-5")]
    [InlineData("urn:epc:id:sscc:0614141.1234567890")]
    [InlineData("urn:epc:tag:sgln-96:3.0614141.12345.400")]
    public void Uri_that_is_no_tag_is_refused(string uri) => Assert.False(EpcTag.TryParseUri(uri, out _, out _));

    [Theory]
    [InlineData("(00)106141412345678909", 7)]
    [InlineData("(00)10614141234567890", 7)]
    [InlineData("(00)106141412345678908", 13)]
    [InlineData("(01)80614141123459(21)6789", 7)]
    [InlineData("(01)80614141123458(21)067", 7)]
    [InlineData("(01)80614141123458", 7)]
    [InlineData("(8003)10614141123452400", 7)]
    [InlineData("(8004)0614141", 7)]
    [InlineData("(8004)0614141A1", 7)]
    [InlineData("(99)1", 7)]
    public void Element_string_with_a_fault_is_refused(string text, int prefixDigits) => Assert.False(Gs1.TryParse(text, prefixDigits, 3, out _, out _));

    [Fact]
    public void Grai_of_a_twelve_digit_company_has_no_asset_type()
    {
        var tag = new EpcTag(EpcScheme.Grai96, 1, 12, 614141123456, 0, 7);
        Assert.Equal("urn:epc:tag:grai-96:1.614141123456..7", tag.ToUri());
        Assert.True(EpcTag.TryParseUri(tag.ToUri(), out var again, out _));
        Assert.Equal(tag, again);
    }

    [Fact]
    public void Every_tag_of_every_scheme_and_partition_survives_the_round_trip() => Prop.ForAll(Tags().ToArbitrary(), static tag =>
    {
        Assert.True(EpcTag.TryDecode(tag.ToHex(), out var fromHex, out var hexFault), hexFault);
        Assert.True(EpcTag.TryParseUri(tag.ToUri(), out var fromUri, out var uriFault), uriFault);
        Assert.True(Gs1.TryParse(Gs1.ToElementString(tag), tag.PrefixDigits, tag.Filter, out var fromElement, out var elementFault), elementFault);
        Assert.Equal((tag, tag, tag), (fromHex, fromUri, fromElement));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Random_bits_are_a_tag_that_writes_the_same_bits_or_are_refused()
    {
        var random = new Random(7);
        var accepted = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var hex = Convert.ToHexString(Enumerable.Range(0, 12).Select(_ => (byte)random.Next(256)).ToArray());
            // One time in two with a known header, or nothing would get past it.
            if (i % 2 == 0) hex = new[] { "30", "31", "33", "34" }[random.Next(4)] + hex[2..];
            if (!EpcTag.TryDecode(hex, out var tag, out _)) continue;
            accepted++;
            Assert.Equal(hex, tag.ToHex());
        }
        Assert.InRange(accepted, 1000, 10_000);
    }

    private static Gen<EpcTag> Tags() =>
        from scheme in Gen.Elements(Enum.GetValues<EpcScheme>())
        from filter in Gen.Choose(0, 7)
        from digits in Gen.Choose(6, 12)
        from prefix in Share()
        from reference in Share()
        from serial in Share()
        select new EpcTag(scheme, filter, digits, Of(prefix, Power(digits)), Of(reference, ReferenceLimit(scheme, digits)), scheme is EpcScheme.Sgtin96 or EpcScheme.Grai96 ? Of(serial, 1L << 38) : 0);

    // Ends of the range matter most: the first and last value of every field, and anything between.
    private static Gen<double> Share() => Gen.OneOf(Gen.Constant(0.0), Gen.Constant(1.0), Gen.Choose(0, 1_000_000).Select(n => n / 1_000_000.0));

    private static long Of(double share, long limit) => Math.Min(limit - 1, (long)(share * limit));

    private static long Power(int digits) => (long)Math.Pow(10, digits);

    private static long ReferenceLimit(EpcScheme scheme, int digits) => scheme switch
    {
        EpcScheme.Sgtin96 => Power(13 - digits),
        EpcScheme.Sscc96 => Power(17 - digits),
        EpcScheme.Grai96 => Power(12 - digits),
        _ => 1L << new[] { 62, 58, 55, 52, 48, 45, 42 }[digits - 6],
    };
}
