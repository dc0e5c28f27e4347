using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Tests;

public sealed class MqttTextTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("746F706963", true)]
    [InlineData("E58C97E4BAAC", true)] // 北京
    [InlineData("41F0AA9B94", true)] // U+2A6D4, the example of 1.5.4
    [InlineData("746F700000", false)] // U+0000
    [InlineData("746F700170", false)] // U+0001
    [InlineData("746F707F70", false)] // U+007F
    [InlineData("C29F", false)] // U+009F
    [InlineData("C2A0", true)] // U+00A0
    [InlineData("EDA080", false)] // U+D800, a surrogate
    [InlineData("EFBFBF", false)] // U+FFFF
    [InlineData("EFB790", false)] // U+FDD0
    [InlineData("F09FBFBE", false)] // U+1FFFE
    [InlineData("C080", false)] // overlong U+0000
    [InlineData("C2", false)] // cut short
    [InlineData("FF", false)]
    public void IsValid_follows_the_rules_of_strings(string hex, bool isValid) =>
        Assert.Equal(isValid, MqttText.IsValid(Convert.FromHexString(hex)));
}
