using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CertAuth.Certificates;

/// <summary>One entry of the subject alternative names of a certificate (RFC 5280, 4.2.1.6).</summary>
/// <remarks>Two names are equal if their kinds and bytes are equal. Immutable. Safe for concurrent use.</remarks>
public sealed class SubjectAlternativeName : IEquatable<SubjectAlternativeName>
{
    private readonly byte[] _bytes;

    internal SubjectAlternativeName(SanKind kind, ReadOnlySpan<byte> bytes)
    {
        Type = SanType.Get(kind);
        _bytes = bytes.ToArray();
    }

    /// <summary>Gets the kind of name.</summary>
    public SanKind Kind => Type.Kind;

    /// <summary>Gets the content of the name as it is encoded in the certificate, without tag and length.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Gets the name as text: a DNS name, URI or e-mail address unchanged, an IP address in the form of RFC 5952, a directory name
    /// in canonical form, a registered identifier in dotted decimal. Null for other kinds, and for a directory name with malformed
    /// strings.</summary>
    public string? Value => Type.Format(_bytes);

    internal SanType Type { get; }

    /// <summary>Parses a DNS name, a URI or an IP address: <c>DNS:</c>, <c>URI:</c> or <c>IP:</c> in upper case, then the value, in which
    /// ',' and '\' are escaped by a backslash. White space is significant.</summary>
    /// <param name="text">The text, at most 262,148 characters. The text of every name of a certificate is shorter.</param>
    /// <param name="name">The name, or null if the text is not one.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SubjectAlternativeName? name)
    {
        name = null;
        if (text.Length > CertificateBounds.MaxSanTextLength)
            return false;

        // Names are ASCII, with one byte for each character.
        byte[] ascii = new byte[text.Length];
        bool isAscii = Ascii.FromUtf16(text, ascii, out _) == OperationStatus.Done;
        ImmutableArray<SubjectAlternativeName> names =
            isAscii && SanText.ToDerOrNull(ascii) is { } generalNames ? ReadAll(generalNames) : [];
        name = names.Length == 1 ? names[0] : null;
        return name is not null;
    }

    /// <summary>Parses a name, as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is not one name.</exception>
    public static SubjectAlternativeName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out SubjectAlternativeName? name)
            ? name
            : throw new FormatException("The text is not one name, such as DNS:db.example, URI:spiffe://example/db or IP:10.0.0.1.");
    }

    /// <inheritdoc/>
    public bool Equals(SubjectAlternativeName? other) =>
        other is not null && Kind == other.Kind && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SubjectAlternativeName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(Kind);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }

    /// <summary>Returns the kind, such as <c>DNS:</c>, <c>URI:</c>, <c>IP:</c> or, as OpenSSL prints it, <c>email:</c>, and the value, in
    /// which ',' and '\' are escaped by a backslash. If <see cref="Value"/> is null, it is '#' and the bytes in hexadecimal.</summary>
    public override string ToString() => $"{Type.Label}:{SanType.Escape(Value ?? $"#{Convert.ToHexString(_bytes)}")}";

    /// <summary>Returns whether both are the same name. DNS names are compared without ASCII case (RFC 4343), other names byte by
    /// byte.</summary>
    internal bool IsSameName(SubjectAlternativeName other) => Type == other.Type && Type.AreEqual(_bytes, other._bytes);

    /// <summary>Returns the entries of a well-formed extension value in encoding order.</summary>
    internal static ImmutableArray<SubjectAlternativeName> ReadAll(ReadOnlySpan<byte> generalNames)
    {
        ImmutableArray<SubjectAlternativeName>.Builder names = ImmutableArray.CreateBuilder<SubjectAlternativeName>();
        SanReader reader = new(generalNames);
        while (reader.TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes))
            names.Add(new(kind, bytes));
        return names.ToImmutable();
    }
}
