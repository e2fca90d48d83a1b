using static CertAuth.Tests.Support.DerBytes;

namespace CertAuth.Tests.Support;

/// <summary>Name constraints, well-formed or not.</summary>
internal static class TestNameConstraints
{
    private const string NameConstraints = "2.5.29.30";

    internal static TestExtension Permitted(params byte[][] bases) => Of(Part(0xA0, bases));

    internal static TestExtension Excluded(params byte[][] bases) => Of(Part(0xA1, bases));

    /// <summary>Encodes permittedSubtrees [0] or excludedSubtrees [1]. Each GeneralSubtree contains only the base.</summary>
    internal static byte[] Part(byte tag, params byte[][] bases) => Tlv(tag, [.. bases.Select(subtree => Sequence(subtree))]);

    internal static TestExtension Of(params byte[][] parts) => new(NameConstraints, critical: true, Sequence(parts));

    internal static TestExtension NonCritical(params byte[][] parts) => new(NameConstraints, critical: false, Sequence(parts));

    internal static byte[] Dns(string name) => Tlv(0x82, Encode(Ia5, name));
}
