using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CertAuth.Requirements;

/// <summary>The SHA-256 digest of a certificate or a public key.</summary>
/// <remarks>Two digests are equal if their 32 bytes are equal. Digests are public, so the time of a comparison is not protected. The
/// default value is 32 zero bytes, which is the digest of no known data. Immutable; safe for concurrent use.</remarks>
public readonly record struct Sha256Digest
{
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Initializes a digest from its bytes.</summary>
    /// <param name="digest">The digest itself, 32 bytes, not the data.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="digest"/> is not 32.</exception>
    public Sha256Digest(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != SHA256.HashSizeInBytes)
            throw new ArgumentException("Expected 32 bytes.", nameof(digest));
        _a = BinaryPrimitives.ReadUInt64BigEndian(digest);
        _b = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>Parses one digest in any of the forms that the options of a clause accept: 64 hexadecimal digits, also as 32 pairs with
    /// colons between them, or 43 characters of base64 or base64url with or without one <c>=</c>, after an optional prefix such as
    /// <c>sha256:</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="digest">The digest; the default value if the text was not parsed.</param>
    /// <param name="error">The error; no error on success.</param>
    /// <returns>true if the text was parsed; otherwise, false.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out Sha256Digest digest, out DigestError error)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        error = DigestParser.Parse(text, bytes);
        bool isParsed = error.Kind == DigestErrorKind.None;
        digest = isParsed ? new(bytes) : default;
        return isParsed;
    }

    /// <summary>Returns the canonical form: <c>sha256:</c> and 64 lowercase hexadecimal digits.</summary>
    public override string ToString() => $"{DigestParser.CanonicalPrefix}{_a:x16}{_b:x16}{_c:x16}{_d:x16}";

    /// <summary>Returns the canonical form of the bytes of a digest.</summary>
    internal static string Format(ReadOnlySpan<byte> digest) => new Sha256Digest(digest).ToString();

    /// <summary>Determines whether these are the bytes of one of the digests. Bytes of another length are not.</summary>
    internal static bool Contains(ReadOnlySpan<Sha256Digest> digests, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != SHA256.HashSizeInBytes)
            return false;

        Sha256Digest wanted = new(bytes);
        foreach (ref readonly Sha256Digest digest in digests)
        {
            if (digest._a == wanted._a && digest == wanted)
                return true;
        }

        return false;
    }
}
