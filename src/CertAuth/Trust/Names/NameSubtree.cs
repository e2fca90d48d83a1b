using System.Buffers;
using System.Text;
using CertAuth.Certificates;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>One subtree of names (RFC 5280, 4.2.1.10).</summary>
/// <remarks>
/// <code>
/// Subtree             Name                         Inside  Why
/// DNS example.com     a.example.com                yes     zero or more labels to the left
/// DNS example.com     badexample.com               no      whole labels
/// DNS .example.com    example.com                  no      at least one label, as in most implementations
/// DNS a.example.com   *.example.com, permitted     no      the wildcard also stands for names outside
/// DNS a.example.com   *.example.com, excluded      yes     the wildcard also stands for the excluded name
/// email example.com   u@example.com                yes     all mailboxes of the host
/// email .example.com  u@a.example.com              yes     all hosts below
/// email u@example.com U@example.com                no      the local part is compared exactly
/// URI example.com     https://example.com/x        yes     exactly the host
/// URI .example.com    https://a.example.com/x      yes     hosts below
/// IP 10.0.0.0/8       10.1.2.3                     yes
/// dir /C=US           /C=us/O=x                    yes     RDN by RDN, case and spaces folded
/// </code>
/// </remarks>
internal sealed class NameSubtree
{
    private static readonly SearchValues<byte> s_localPart =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+-/=?^_`{|}~"u8);

    private readonly byte[] _base;
    private readonly byte[]? _folded;

    private NameSubtree(SanKind kind, byte[] bytes, byte[]? folded = null) => (Kind, _base, _folded) = (kind, bytes, folded);

    internal SanKind Kind { get; }

    /// <summary>Gets a value that indicates whether the subtree is a DNS name with a leading dot, which RFC 5280, 4.2.1.10 defines for URIs
    /// only.</summary>
    internal bool IsDnsWithLeadingDot => Kind == SanKind.Dns && _base is [(byte)'.', ..];

    /// <summary>Creates a subtree from its base, a GeneralName; returns null if the base is malformed.</summary>
    internal static NameSubtree? CreateOrNull(byte tag, ReadOnlySpan<byte> bytes)
    {
        if (SanType.Find(tag) is not { Kind: var kind })
            return null;

        byte[]? folded = kind == SanKind.DirectoryName ? FoldDirectoryName(bytes) : null;
        bool isBase = kind switch
        {
            SanKind.Email => IsMailboxBase(bytes),
            SanKind.Dns or SanKind.Uri => IsDomainBase(bytes),
            SanKind.IpAddress => bytes.Length is 8 or 32 && IsPrefixMask(bytes[(bytes.Length / 2)..]),
            SanKind.DirectoryName => folded is not null,
            _ => true,
        };
        return isBase ? new(kind, bytes.ToArray(), folded) : null;
    }

    /// <summary>Prepares a name for comparison with any number of subtrees; returns false if its relation to a subtree cannot be
    /// determined.</summary>
    internal static bool TryPrepare(SanKind kind, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> prepared)
    {
        byte[]? folded = kind == SanKind.DirectoryName ? FoldDirectoryName(name) : null;
        prepared = kind switch
        {
            SanKind.Uri => UriSyntax.FindHost(name),
            SanKind.DirectoryName => folded,
            _ => name,
        };
        return kind switch
        {
            SanKind.Dns => HostName.IsValidOrWildcard(name),

            // Only a plain mailbox can be compared. A quoted local part can spell the same mailbox differently.
            SanKind.Email => IsPlainMailbox(name),

            // RFC 5280, 4.2.1.10: if URIs are constrained, a URI without a host name is rejected.
            SanKind.Uri => !prepared.IsEmpty,
            SanKind.IpAddress => true,
            SanKind.DirectoryName => folded is not null,

            // RFC 5280, 4.2.1.10: a constrained name of a kind that is not processed is rejected.
            _ => false,
        };
    }

    /// <summary>Returns the relation of a prepared name of the same kind to this subtree.</summary>
    internal SubtreeRelation GetRelation(ReadOnlySpan<byte> prepared, SubtreeList list)
    {
        bool isInside = Kind switch
        {
            SanKind.Dns => IsDnsInside(prepared, list),
            SanKind.Email => IsEmailInside(prepared),
            SanKind.Uri => IsHostInside(prepared),
            SanKind.IpAddress => IsAddressInside(prepared),
            SanKind.DirectoryName => IsDirectoryNameInside(prepared),
            _ => throw new ArgumentOutOfRangeException(nameof(prepared), Kind, "Names of this kind cannot be prepared."),
        };
        return isInside ? SubtreeRelation.Inside : SubtreeRelation.Outside;
    }

    // A base such as "*.example.com", "example.com." or "https://example.com" has no names inside. It would exclude nothing, and so it is
    // malformed.
    private static bool IsDomainBase(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty || HostName.IsValid(bytes is [(byte)'.', .. var domain] ? domain : bytes);

    private static bool IsMailboxBase(ReadOnlySpan<byte> bytes) =>
        bytes.Contains((byte)'@') ? IsPlainMailbox(bytes) : IsDomainBase(bytes);

    // RFC 5322, 3.2.3: dot-atom characters.
    private static bool IsPlainMailbox(ReadOnlySpan<byte> mailbox) => mailbox.IndexOf((byte)'@') is var at and >= 1
        && !mailbox[..at].ContainsAnyExcept(s_localPart) && HostName.IsValid(mailbox[(at + 1)..]);

    private bool IsDnsInside(ReadOnlySpan<byte> name, SubtreeList list)
    {
        if (IsDomainInside(name, _base))
            return true;

        // "*.example.com" also stands for "a.example.com". Therefore it is inside an excluded "a.example.com".
        return list == SubtreeList.Excluded && name is [(byte)'*', (byte)'.', ..]
            && GetParentDomain(_base) is { IsEmpty: false } parent && Ascii.EqualsIgnoreCase(name[2..], parent);
    }

    private static ReadOnlySpan<byte> GetParentDomain(ReadOnlySpan<byte> domain)
    {
        int dot = domain.IndexOf((byte)'.');
        return dot < 0 ? default : domain[(dot + 1)..];
    }

    // Compares whole labels: the name equals the domain, or ends with a dot and the domain. A domain with a leading dot requires at least
    // one more label; an empty domain contains every name.
    private static bool IsDomainInside(ReadOnlySpan<byte> name, ReadOnlySpan<byte> domain)
    {
        if (domain.IsEmpty)
            return true;
        if (domain[0] == '.')
            return name.Length > domain.Length && Ascii.EqualsIgnoreCase(name[^domain.Length..], domain);
        if (name.Length == domain.Length)
            return Ascii.EqualsIgnoreCase(name, domain);
        return name.Length > domain.Length && name[^(domain.Length + 1)] == '.' && Ascii.EqualsIgnoreCase(name[^domain.Length..], domain);
    }

    private bool IsEmailInside(ReadOnlySpan<byte> mailbox)
    {
        int at = mailbox.IndexOf((byte)'@');
        ReadOnlySpan<byte> host = mailbox[(at + 1)..];
        int ownAt = _base.AsSpan().LastIndexOf((byte)'@');
        if (ownAt >= 0)
            return mailbox[..at].SequenceEqual(_base.AsSpan(0, ownAt)) && Ascii.EqualsIgnoreCase(host, _base.AsSpan(ownAt + 1));
        return IsHostInside(host);
    }

    private bool IsHostInside(ReadOnlySpan<byte> host) =>
        _base is [(byte)'.', ..] or [] ? IsDomainInside(host, _base) : Ascii.EqualsIgnoreCase(host, _base);

    private bool IsAddressInside(ReadOnlySpan<byte> address)
    {
        int length = _base.Length / 2;
        if (address.Length != length)
            return false;

        for (int i = 0; i < length; i++)
        {
            if (((address[i] ^ _base[i]) & _base[length + i]) != 0)
                return false;
        }

        return true;
    }

    // Compares RDN by RDN: the folded form of a name inside starts with the folded form of the subtree, followed by the end or a separator.
    private bool IsDirectoryNameInside(ReadOnlySpan<byte> name) =>
        name.StartsWith(_folded) && (name.Length == _folded!.Length || name[_folded.Length] == (byte)FoldedName.RdnSeparator);

    // Returns an empty array for the empty name.
    private static byte[]? FoldDirectoryName(ReadOnlySpan<byte> encodedName) =>
        FoldedName.FoldOrNull(encodedName) ?? (DistinguishedName.IsEmptyDer(encodedName) ? [] : null);

    private static bool IsPrefixMask(ReadOnlySpan<byte> mask)
    {
        bool hasZeroBit = false;
        foreach (byte b in mask)
        {
            for (int bit = 0x80; bit > 0; bit >>= 1)
            {
                bool isSet = (b & bit) != 0;
                if (isSet && hasZeroBit)
                    return false;
                hasZeroBit |= !isSet;
            }
        }

        return true;
    }
}
