using CertAuth.Certificates;
using CertAuth.Der;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>The name constraints of one CA (RFC 5280, 4.2.1.10). They limit the names of all certificates below the CA.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class NameConstraints
{
    // The number of bytes of a name whose processing costs as much as one comparison. A directory name is folded; other names are only
    // scanned.
    private const int FoldedBytesPerComparison = 2, ScannedBytesPerComparison = 32;

    private readonly List<NameSubtree> _permitted = [];
    private readonly List<NameSubtree> _excluded = [];

    private NameConstraints()
    {
    }

    /// <summary>Reads the value of the extension; returns null if it is malformed or has more than <see cref="TrustBounds.MaxSubtrees"/>
    /// subtrees.</summary>
    // NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees [1] GeneralSubtrees OPTIONAL }
    internal static NameConstraints? ReadOrNull(ReadOnlySpan<byte> extensionValue)
    {
        DerReader outer = new(extensionValue);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty || body.IsEmpty)
            return null;

        NameConstraints constraints = new();
        DerReader parts = new(body);
        bool isWellFormed = (!parts.TryRead(DerTag.ContextConstructed(0), out ReadOnlySpan<byte> permitted)
                || TryReadSubtrees(permitted, constraints._permitted))
            && (!parts.TryRead(DerTag.ContextConstructed(1), out ReadOnlySpan<byte> excluded)
                || TryReadSubtrees(excluded, constraints._excluded));
        return isWellFormed && parts.IsEmpty ? constraints : null;
    }

    /// <summary>Gets a value that indicates whether a DNS subtree has a leading dot.</summary>
    internal bool HasDnsWithLeadingDot => _permitted.Exists(s => s.IsDnsWithLeadingDot) || _excluded.Exists(s => s.IsDnsWithLeadingDot);

    /// <summary>Returns whether all names of a certificate below the CA are allowed.</summary>
    /// <param name="certificate">A certificate with well-formed subject alternative names.</param>
    /// <param name="comparisons">The comparisons that the search may make. If they are exhausted, the method returns false.</param>
    internal bool Allows(ParsedCertificate certificate, Budget comparisons)
    {
        ReadOnlySpan<byte> subject = certificate.SubjectDer.Span;
        bool hasSubject = !DistinguishedName.IsEmptyDer(subject);
        if (hasSubject && !Allows(SanKind.DirectoryName, subject, comparisons))
            return false;

        SanReader names = new(certificate.SanExtension);
        while (names.TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes))
        {
            if (!Allows(kind, bytes, comparisons))
                return false;
        }

        // RFC 5280, 4.2.1.10 requires this for certificates without alternative names. Here it applies to all certificates, because a
        // requirement can compare the email address in any subject.
        return AllowsEmailAddresses(subject, comparisons);
    }

    private bool AllowsEmailAddresses(ReadOnlySpan<byte> subject, Budget comparisons)
    {
        comparisons.Spend(subject.Length / ScannedBytesPerComparison);
        if (!NameReader.TryOpen(subject, out NameReader reader))
            return false;

        NameErrorKind error;
        while (reader.TryRead(out RawAttribute attribute, out error))
        {
            // emailAddress is an IA5String. The content is compared in the same way for every string type.
            bool isEmail = attribute.Oid.SequenceEqual(AttributeOids.EmailAddress);
            if (isEmail && !Allows(SanKind.Email, attribute.Value, comparisons))
                return false;
        }

        // If the name is malformed, an address after the error has not been checked.
        return error == NameErrorKind.None;
    }

    private bool Allows(SanKind kind, ReadOnlySpan<byte> bytes, Budget comparisons)
    {
        comparisons.Spend(1);
        if (!_permitted.Exists(s => s.Kind == kind) && !_excluded.Exists(s => s.Kind == kind))
        {
            comparisons.Spend(_permitted.Count + _excluded.Count);
            return !comparisons.IsExhausted;
        }

        // The name is prepared once for all subtrees. This work counts as well, because the peer chooses the length.
        comparisons.Spend(bytes.Length / (kind == SanKind.DirectoryName ? FoldedBytesPerComparison : ScannedBytesPerComparison));
        if (comparisons.IsExhausted || !NameSubtree.TryPrepare(kind, bytes, out ReadOnlySpan<byte> name))
            return false;

        // Folding covers case and spaces only. RFC 4518 treats more names as equal, so a name with characters beyond ASCII may equal an
        // excluded one.
        if (kind == SanKind.DirectoryName && _excluded.Exists(s => s.Kind == kind) && !DistinguishedName.IsPlainAscii(bytes))
            return false;

        SubtreeRelation excluded = GetRelation(_excluded, kind, name, SubtreeList.Excluded, comparisons);
        SubtreeRelation permitted = GetRelation(_permitted, kind, name, SubtreeList.Permitted, comparisons);
        return excluded is SubtreeRelation.Outside or SubtreeRelation.Unconstrained
            && permitted is SubtreeRelation.Inside or SubtreeRelation.Unconstrained && !comparisons.IsExhausted;
    }

    private static SubtreeRelation GetRelation(
        List<NameSubtree> subtrees, SanKind kind, ReadOnlySpan<byte> name, SubtreeList list, Budget comparisons)
    {
        SubtreeRelation relation = SubtreeRelation.Unconstrained;
        foreach (NameSubtree subtree in subtrees)
        {
            comparisons.Spend(1);
            if (comparisons.IsExhausted)
                return SubtreeRelation.Unknown;
            if (subtree.Kind != kind)
                continue;

            SubtreeRelation found = subtree.GetRelation(name, list);
            if (found != SubtreeRelation.Outside)
                return found;
            relation = SubtreeRelation.Outside;
        }

        return relation;
    }

    // GeneralSubtrees ::= SEQUENCE OF SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }
    // RFC 5280 requires that minimum and maximum are absent.
    private static bool TryReadSubtrees(ReadOnlySpan<byte> list, List<NameSubtree> subtrees)
    {
        DerReader reader = new(list);
        while (!reader.IsEmpty)
        {
            if (subtrees.Count == TrustBounds.MaxSubtrees || !reader.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> subtree))
                return false;

            DerReader parts = new(subtree);
            if (!parts.TryReadAny(out byte tag, out ReadOnlySpan<byte> bytes) || !parts.IsEmpty
                || NameSubtree.CreateOrNull(tag, bytes) is not { } read)
            {
                return false;
            }

            subtrees.Add(read);
        }

        return !list.IsEmpty;
    }
}
