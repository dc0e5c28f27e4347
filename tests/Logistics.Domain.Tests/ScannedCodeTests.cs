using Logistics.Domain.Codes;

namespace Logistics.Domain.Tests;

public sealed class ScannedCodeTests
{
    [Theory]
    [InlineData("47312482", 9)]
    [InlineData("00000000", 5)] // 11 − 0 = 11 → 5
    [InlineData("00000006", 2)] // 42 mod 11 = 9
    [InlineData("30000000", 9)] // 24 mod 11 = 2
    [InlineData("00400000", 6)] // 16 mod 11 = 5
    [InlineData("02000000", 0)] // 12 mod 11 = 1 → 10 → 0
    public void S10_check_digit_follows_the_standard(string digits, int check) => Assert.Equal(check, S10Number.CheckDigit(digits));

    [Theory]
    [InlineData("RR473124829CN", true)]
    [InlineData("RR473124828CN", false)]
    [InlineData("rr473124829CN", false)]
    [InlineData("RR47312482CN", false)]
    [InlineData("RR47312482９CN", false)]
    public void S10_number_needs_its_form_and_check_digit(string text, bool isValid) => Assert.Equal(isValid, S10Number.IsValid(text));

    [Theory]
    [InlineData("RR473124829CN", "EMS")]
    [InlineData("1234567890123", "EMS,YD")]
    [InlineData("JDX123456789012", "JD")]
    [InlineData("JDVA12345678901", "JD")]
    [InlineData("JT1234567890123", "JT")]
    [InlineData("jt123456789012", "JT")]
    [InlineData("123456789012345", "YD")]
    [InlineData("12345678901234", "ZTO")]
    [InlineData("123456789012", "ZTO,SF")]
    [InlineData("YT1234567890123", "YTO")]
    [InlineData("SF1234567890123", "SF")]
    [InlineData("１２３４５６７８９０１２", "")]
    [InlineData("A-7", "")]
    public void Waybill_hints_at_its_carriers(string waybill, string carriers) => Assert.Equal(carriers, string.Join(',', WaybillHints.CarriersOf(waybill)));

    [Theory]
    [InlineData("3174257BF4499602D2000000", ScannedCodeKind.Epc, "urn:epc:tag:sscc-96:3.0614141.1234567890")]
    [InlineData("(00)106141412345678908", ScannedCodeKind.Sscc, "106141412345678908")]
    [InlineData("106141412345678908", ScannedCodeKind.Sscc, "106141412345678908")]
    [InlineData("106141412345678907", ScannedCodeKind.Text, "106141412345678907")]
    [InlineData(" RR473124829CN ", ScannedCodeKind.Postal, "RR473124829CN")]
    [InlineData("https://example.org/p/1", ScannedCodeKind.Text, "https://example.org/p/1")]
    public void Scanned_text_is_recognised_by_its_form(string text, ScannedCodeKind kind, string value)
    {
        var code = ScannedCode.Read(text);
        Assert.Equal((kind, value, kind == ScannedCodeKind.Epc), (code.Kind, code.Value, code.Tag is not null));
    }
}
