using System.Collections.Immutable;
using System.Net;
using System.Text;
using CertAuth.Der;
using CertAuth.Names;

namespace CertAuth.Certificates;

/// <summary>A type of subject alternative name: how its names are encoded, checked, written, parsed and compared.</summary>
internal sealed class SanType
{
    /// <summary>The names of the types of <see cref="WithText"/> as a part of a sentence.</summary>
    internal const string NamesWithText = "DNS names, URIs and IP addresses";

    /// <summary>The length of the longest value that <see cref="ParseOrNull"/> converts to other bytes.</summary>
    internal const int ParseBufferLength = IpAddressText.MaxLength;

    // In the order of messages. The labels are those that OpenSSL prints. RFC 4343: DNS names are compared without ASCII case.
    private static readonly SanType[] s_all =
    [
        new(SanKind.Uri, GeneralNameTag.Uri, SanSyntax.Ascii, "URI") { HasText = true },
        new(SanKind.Dns, GeneralNameTag.Dns, SanSyntax.Ascii, "DNS") { HasText = true, IgnoresCase = true },
        new(SanKind.IpAddress, GeneralNameTag.IpAddress, SanSyntax.Address, "IP", "IP Address") { HasText = true },
        new(SanKind.Email, GeneralNameTag.Email, SanSyntax.Mailbox, "email") { CanBeRequired = true },
        new(SanKind.DirectoryName, GeneralNameTag.DirectoryName, SanSyntax.Name, "DirName"),
        new(SanKind.RegisteredId, GeneralNameTag.RegisteredId, SanSyntax.ObjectIdentifier, "Registered ID"),
        new(SanKind.OtherName, GeneralNameTag.OtherName, SanSyntax.TypedValue, "othername"),
        new(SanKind.X400Address, GeneralNameTag.X400Address, SanSyntax.Values, "X400Name"),
        new(SanKind.EdiPartyName, GeneralNameTag.EdiPartyName, SanSyntax.Values, "EdiPartyName"),
    ];

    private readonly SanSyntax _syntax;
    private readonly string _alias;

    private SanType(SanKind kind, byte tag, SanSyntax syntax, string label, string? alias = null)
    {
        Kind = kind;
        Tag = tag;
        Label = label;
        _syntax = syntax;
        _alias = alias ?? label;
    }

    /// <summary>The types that forwarded names, and names in options, can have.</summary>
    internal static ImmutableArray<SanType> WithText { get; } = [.. s_all.Where(type => type.HasText)];

    /// <summary>The labels of the types that can be required, as a part of a sentence.</summary>
    internal static string RequirableLabels { get; } = JoinLabels(s_all.Where(type => type.CanBeRequired));

    internal SanKind Kind { get; }

    internal byte Tag { get; }

    /// <summary>The label before a name as text, without the colon.</summary>
    internal string Label { get; }

    /// <summary>The label in a requirement, without the colon.</summary>
    internal string RequiredLabel => Kind == SanKind.Email ? "EMAIL" : Label;

    /// <summary>Whether an option or the text of forwarded names can contain names of this type.</summary>
    internal bool HasText { get; private init; }

    /// <summary>Whether a requirement can contain names of this type.</summary>
    internal bool CanBeRequired { get => field || HasText; private init; }

    /// <summary>Whether the value as text is its bytes in ASCII.</summary>
    internal bool IsAscii => _syntax is SanSyntax.Ascii or SanSyntax.Mailbox;

    private bool IgnoresCase { get; init; }

    /// <summary>Returns the type with the identifier byte of a GeneralName; null if there is none.</summary>
    internal static SanType? Find(byte tag)
    {
        foreach (SanType type in s_all)
        {
            if (type.Tag == tag)
                return type;
        }

        return null;
    }

    /// <summary>Returns the type with a label, or with the alias of one, in any case; null if there is none.</summary>
    internal static SanType? Find(ReadOnlySpan<char> label)
    {
        foreach (SanType type in s_all)
        {
            if (label.Equals(type.Label, StringComparison.OrdinalIgnoreCase)
                || label.Equals(type._alias, StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }

    /// <summary>Returns the type of a kind of name.</summary>
    internal static SanType Get(SanKind kind)
    {
        foreach (SanType type in s_all)
        {
            if (type.Kind == kind)
                return type;
        }

        throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind of name is not defined.");
    }

    internal bool IsWellFormed(ReadOnlySpan<byte> bytes) => _syntax switch
    {
        SanSyntax.Ascii or SanSyntax.Mailbox => !bytes.IsEmpty && !bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E),
        SanSyntax.Address => bytes.Length is 4 or 16,
        SanSyntax.Name => IsName(bytes),
        SanSyntax.ObjectIdentifier => DerOid.IsValid(bytes),
        SanSyntax.TypedValue => IsTypedValue(bytes),
        _ => AreValues(bytes),
    };

    /// <summary>Returns the value of well-formed bytes as text; null if the type has no text, or if it is a name with malformed
    /// strings.</summary>
    internal string? Format(ReadOnlySpan<byte> bytes) => _syntax switch
    {
        SanSyntax.Ascii or SanSyntax.Mailbox => Encoding.ASCII.GetString(bytes),
        SanSyntax.Address => new IPAddress(bytes).ToString(),
        SanSyntax.Name => DistinguishedName.TryFormatDer(bytes, NameFormat.Canonical, out string? text, out _) ? text : null,
        SanSyntax.ObjectIdentifier => DerOid.Format(bytes),
        _ => null,
    };

    /// <summary>Returns the bytes of a value that is text of printable ASCII characters; null if the value is not one of this
    /// type.</summary>
    internal byte[]? ParseOrNull(ReadOnlySpan<char> value) => _syntax switch
    {
        SanSyntax.Ascii => GetAsciiBytes(value),
        SanSyntax.Address => IpAddressText.ParseOrNull(value),
        SanSyntax.Mailbox => EmailAddress.ParseOrNull(value),
        _ => null,
    };

    internal bool AreEqual(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        _syntax == SanSyntax.Mailbox ? EmailAddress.AreEqual(one, other)
        : IgnoresCase ? Ascii.EqualsIgnoreCase(one, other)
        : one.SequenceEqual(other);

    /// <summary>Returns the value with ',' and '\' escaped by a backslash.</summary>
    internal static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal);

    private static string JoinLabels(IEnumerable<SanType> types)
    {
        string[] labels = [.. types.Select(type => type.RequiredLabel)];
        return $"{string.Join(", ", labels[..^1])} or {labels[^1]}";
    }

    private static byte[] GetAsciiBytes(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[text.Length];
        Encoding.ASCII.GetBytes(text, bytes);
        return bytes;
    }

    private static bool IsName(ReadOnlySpan<byte> bytes)
    {
        if (!NameReader.TryOpen(bytes, out NameReader reader))
            return false;

        NameErrorKind error;
        while (reader.TryRead(out _, out error))
        {
        }

        return error == NameErrorKind.None;
    }

    private static bool IsTypedValue(ReadOnlySpan<byte> bytes)
    {
        DerReader parts = new(bytes);
        if (!parts.TryRead(DerTag.ObjectIdentifier, out ReadOnlySpan<byte> type) || !DerOid.IsValid(type)
            || !parts.TryRead(DerTag.ContextConstructed(0), out ReadOnlySpan<byte> wrapped) || !parts.IsEmpty)
        {
            return false;
        }

        DerReader value = new(wrapped);
        return value.TryReadAny(out _, out _) && value.IsEmpty;
    }

    private static bool AreValues(ReadOnlySpan<byte> bytes)
    {
        DerReader values = new(bytes);
        while (!values.IsEmpty)
        {
            if (!values.TryReadAny(out _, out _))
                return false;
        }

        return !bytes.IsEmpty;
    }
}
