using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using CertAuth.Der;
using CertAuth.Names;

namespace CertAuth.Certificates;

/// <summary>One entry of a certificate's subject alternative names (RFC 5280, 4.2.1.6).</summary>
/// <remarks>Equal when kind and octets are equal. Immutable; safe for concurrent use.</remarks>
public sealed class SubjectAlternativeName : IEquatable<SubjectAlternativeName>
{
    /// <summary>The maximum number of characters read: any name of a certificate fits, with its type and every character escaped.</summary>
    internal const int MaxTextLength = 4 + (2 * CertificateReader.MaxBytes);

    private readonly byte[] _bytes;

    internal SubjectAlternativeName(SanKind kind, ReadOnlySpan<byte> bytes)
    {
        Kind = kind;
        _bytes = bytes.ToArray();
    }

    /// <summary>The kind of name.</summary>
    public SanKind Kind { get; }

    /// <summary>The content octets as they stand in the certificate, without tag and length.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>DNS names, URIs and e-mail addresses as they stand, addresses in the form of RFC 5952, directory names in canonical form,
    /// registered identifiers dotted; null for the other kinds, and for a directory name with malformed strings.</summary>
    public string? Value => Kind switch
    {
        SanKind.Dns or SanKind.Uri or SanKind.Email => Encoding.ASCII.GetString(_bytes),
        SanKind.IpAddress => new IPAddress(_bytes).ToString(),
        SanKind.DirectoryName => DistinguishedName.TryFormatDer(_bytes, NameFormat.Canonical, out string? text, out _) ? text : null,
        SanKind.RegisteredId => DerOid.Format(_bytes),
        _ => null,
    };

    /// <summary>Reads a DNS name, a URI or an address: <c>DNS:</c>, <c>URI:</c> or <c>IP:</c>, in upper case, and the value, in which ',' and '\' get a
    /// backslash. Nothing around it is dropped.</summary>
    /// <param name="text">At most 262,148 characters, so that any name of a certificate fits.</param>
    /// <param name="name">The name, or null.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SubjectAlternativeName? name)
    {
        name = null;
        if (text.Length > MaxTextLength)
            return false;

        // As many octets as characters, or the text isn't ASCII and no name.
        byte[] ascii = new byte[text.Length];
        bool isAscii = Ascii.FromUtf16(text, ascii, out _) == OperationStatus.Done;
        ImmutableArray<SubjectAlternativeName> names = isAscii && SanText.ToDerOrNull(ascii) is { } generalNames ? ReadAll(generalNames) : [];
        name = names.Length == 1 ? names[0] : null;
        return name is not null;
    }

    /// <summary>Reads a name, as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is no name.</exception>
    public static SubjectAlternativeName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out SubjectAlternativeName? name)
            ? name
            : throw new FormatException("Expected one name, such as DNS:db.example, URI:spiffe://example/db or IP:10.0.0.1.");
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

    /// <summary>For people: <c>DNS:</c>, <c>URI:</c>, <c>IP:</c> and so on, then the value, ',' and '\' escaped as in a REQUIRE clause.</summary>
    public override string ToString()
    {
        string label = Kind switch
        {
            SanKind.Dns => "DNS",
            SanKind.Uri => "URI",
            SanKind.IpAddress => "IP",
            _ => Kind.ToString(),
        };
        string value = Value ?? $"#{Convert.ToHexString(_bytes)}";
        return $"{label}:{EscapeValue(value)}";
    }

    /// <summary>Whether both are one name: DNS names without regard to ASCII case (RFC 4343), others octet by octet.</summary>
    internal bool IsSameName(SubjectAlternativeName other) =>
        Kind == SanKind.Dns && other.Kind == SanKind.Dns ? Ascii.EqualsIgnoreCase(_bytes, other._bytes) : Equals(other);

    /// <summary>The entries of a well-formed extension value, in encoding order.</summary>
    internal static ImmutableArray<SubjectAlternativeName> ReadAll(ReadOnlySpan<byte> generalNames)
    {
        ImmutableArray<SubjectAlternativeName>.Builder names = ImmutableArray.CreateBuilder<SubjectAlternativeName>();
        SanReader reader = new(generalNames);
        while (reader.TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes))
            names.Add(new(kind, bytes));
        return names.ToImmutable();
    }

    /// <summary>The value as a requirement writes it: ',' and '\' get a backslash.</summary>
    internal static string EscapeValue(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);
}
