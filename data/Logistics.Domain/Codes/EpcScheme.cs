namespace Logistics.Domain.Codes;

/// <summary>The four 96-bit schemes of the GS1 EPC Tag Data Standard that this network reads.</summary>
public enum EpcScheme
{
    /// <summary>A trade item with a serial number.</summary>
    Sgtin96,

    /// <summary>A logistic unit: a parcel, a bag, a cage.</summary>
    Sscc96,

    /// <summary>A returnable asset: a tote or a roll cage.</summary>
    Grai96,

    /// <summary>An individual asset: a handheld, a vehicle.</summary>
    Giai96,
}

/// <summary>How one scheme divides its 96 bits; one row per partition (Tag Data Standard, tables 14-1 to 14-10).</summary>
internal sealed class EpcLayout
{
    public const int Partitions = 7;

    private static readonly int[] PrefixBits = [40, 37, 34, 30, 27, 24, 20];

    private static readonly EpcLayout[] All =
    [
        new(EpcScheme.Sgtin96, 0x30, "sgtin-96", [4, 7, 10, 14, 17, 20, 24], referenceDigits: 13, serialBits: 38),
        new(EpcScheme.Sscc96, 0x31, "sscc-96", [18, 21, 24, 28, 31, 34, 38], referenceDigits: 17, serialBits: 0),
        new(EpcScheme.Grai96, 0x33, "grai-96", [4, 7, 10, 14, 17, 20, 24], referenceDigits: 12, serialBits: 38),
        new(EpcScheme.Giai96, 0x34, "giai-96", [42, 45, 48, 52, 55, 58, 62], referenceDigits: 0, serialBits: 0),
    ];

    private readonly int[] _referenceBits;
    private readonly int _digits;

    private EpcLayout(EpcScheme scheme, byte header, string name, int[] referenceBits, int referenceDigits, int serialBits)
    {
        (Scheme, Header, Name, _referenceBits, _digits, SerialBits) = (scheme, header, name, referenceBits, referenceDigits, serialBits);
    }

    public EpcScheme Scheme { get; }

    public byte Header { get; }

    /// <summary>As in a tag URI.</summary>
    public string Name { get; }

    public int SerialBits { get; }

    /// <summary>True for the scheme whose reference is a plain number without a fixed count of digits.</summary>
    public bool IsReferenceUnpadded => _digits == 0;

    public static EpcLayout Of(EpcScheme scheme) => All[(int)scheme];

    public static EpcLayout? Find(byte header) => Array.Find(All, layout => layout.Header == header);

    public static EpcLayout? Find(ReadOnlySpan<char> name)
    {
        foreach (var layout in All)
        {
            if (name.Equals(layout.Name, StringComparison.Ordinal)) return layout;
        }
        return null;
    }

    public static int PrefixBitsOf(int partition) => PrefixBits[partition];

    /// <summary>Digits of the company prefix: 12 for partition 0 down to 6.</summary>
    public static int PrefixDigitsOf(int partition) => 12 - partition;

    public int ReferenceBitsOf(int partition) => _referenceBits[partition];

    /// <summary>Digits that the reference is padded to; 0 where the prefix leaves none (GRAI with 12 digits) or it is unpadded.</summary>
    public int ReferenceDigitsOf(int partition) => IsReferenceUnpadded ? 0 : _digits - PrefixDigitsOf(partition);
}
