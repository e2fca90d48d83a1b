using CertAuth.Certificates;
using CertAuth.Der;
using CertAuth.Names;

namespace CertAuth.Trust;

/// <summary>The name constraints of one CA (RFC 5280, 4.2.1.10): which names the certificates below it may have.</summary>
/// <remarks>Immutable; safe for concurrent use.</remarks>
internal sealed class NameConstraints
{
    /// <summary>Most subtrees of one extension.</summary>
    internal const int MaxSubtrees = 1024;

    // How many octets of a name cost as much as a comparison: a directory name is folded, others are only looked through.
    private const int FoldedBytesPerComparison = 2, ScannedBytesPerComparison = 32;

    private readonly List<NameSubtree> _permitted = [];
    private readonly List<NameSubtree> _excluded = [];

    private NameConstraints()
    {
    }

    /// <summary>Reads the value of the extension; null when it is malformed, or over the bound.</summary>
    // NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees [1] GeneralSubtrees OPTIONAL }
    internal static NameConstraints? ReadOrNull(ReadOnlySpan<byte> extensionValue)
    {
        DerReader outer = new(extensionValue);
        if (!outer.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> body) || !outer.IsEmpty || body.IsEmpty)
            return null;

        NameConstraints constraints = new();
        DerReader parts = new(body);
        bool wellFormed = (!parts.TryRead(DerTag.ContextConstructed(0), out ReadOnlySpan<byte> permitted) || TryReadSubtrees(permitted, constraints._permitted))
            && (!parts.TryRead(DerTag.ContextConstructed(1), out ReadOnlySpan<byte> excluded) || TryReadSubtrees(excluded, constraints._excluded));
        return wellFormed && parts.IsEmpty ? constraints : null;
    }

    /// <summary>Whether a DNS subtree has a leading dot.</summary>
    internal bool HasDnsWithLeadingDot => _permitted.Exists(s => s.IsDnsWithLeadingDot) || _excluded.Exists(s => s.IsDnsWithLeadingDot);

    /// <summary>Whether all names of a certificate below the CA are allowed.</summary>
    /// <param name="certificate">Its subject alternative names are well-formed.</param>
    /// <param name="budget">Comparisons that are left; it is used up, and the answer is no, when a peer sends too many names.</param>
    internal bool Allows(ParsedCertificate certificate, ref int budget)
    {
        ReadOnlySpan<byte> subject = certificate.SubjectDer.Span;
        bool hasSubject = subject is not [DerTag.Sequence, 0];
        if (hasSubject && !Allows(SanKind.DirectoryName, subject, ref budget))
            return false;

        SanReader names = new(certificate.SanExtension);
        while (names.TryRead(out SanKind kind, out ReadOnlySpan<byte> bytes))
        {
            if (!Allows(kind, bytes, ref budget))
                return false;
        }

        // RFC 5280, 4.2.1.10 asks it of certificates without alternative names; a requirement may name the subject's address in all of them.
        return AllowsEmailAddresses(subject, ref budget);
    }

    private bool AllowsEmailAddresses(ReadOnlySpan<byte> subject, ref int budget)
    {
        budget -= subject.Length / ScannedBytesPerComparison;
        if (!NameReader.TryOpen(subject, out NameReader reader))
            return false;

        NameErrorKind error;
        while (reader.TryRead(out RawAttribute attribute, out error))
        {
            // 1.2.840.113549.1.9.1; an IA5String, of which other string types hold a subset or something else.
            bool isEmail = attribute.Oid is [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 9, 1];
            if (isEmail && !Allows(SanKind.Email, attribute.Value, ref budget))
                return false;
        }

        // An address behind a fault of the name hasn't been seen.
        return error == NameErrorKind.None;
    }

    private bool Allows(SanKind kind, ReadOnlySpan<byte> bytes, ref int budget)
    {
        budget--;
        if (!_permitted.Exists(s => s.Kind == kind) && !_excluded.Exists(s => s.Kind == kind))
        {
            budget -= _permitted.Count + _excluded.Count;
            return budget > 0;
        }

        // Read once for all subtrees, and paid for: a peer chooses its length.
        budget -= bytes.Length / (kind == SanKind.DirectoryName ? FoldedBytesPerComparison : ScannedBytesPerComparison);
        if (budget <= 0 || !NameSubtree.TryPrepare(kind, bytes, out ReadOnlySpan<byte> name))
            return false;

        // Folding knows case and spaces; what else is one name to RFC 4518 can't be told from an excluded one.
        if (kind == SanKind.DirectoryName && _excluded.Exists(s => s.Kind == kind) && !DistinguishedName.IsPlainAscii(bytes))
            return false;

        SubtreeRelation excluded = GetRelation(_excluded, kind, name, SubtreeList.Excluded, ref budget);
        SubtreeRelation permitted = GetRelation(_permitted, kind, name, SubtreeList.Permitted, ref budget);
        return excluded is SubtreeRelation.Outside or SubtreeRelation.Unconstrained
            && permitted is SubtreeRelation.Inside or SubtreeRelation.Unconstrained && budget > 0;
    }

    private static SubtreeRelation GetRelation(List<NameSubtree> subtrees, SanKind kind, ReadOnlySpan<byte> name, SubtreeList list, ref int budget)
    {
        SubtreeRelation place = SubtreeRelation.Unconstrained;
        foreach (NameSubtree subtree in subtrees)
        {
            if (--budget <= 0)
                return SubtreeRelation.Unknown;
            if (subtree.Kind != kind)
                continue;

            SubtreeRelation found = subtree.GetRelation(name, list);
            if (found != SubtreeRelation.Outside)
                return found;
            place = SubtreeRelation.Outside;
        }

        return place;
    }

    // GeneralSubtrees ::= SEQUENCE OF SEQUENCE { base GeneralName, minimum [0] DEFAULT 0, maximum [1] OPTIONAL }: both left out.
    private static bool TryReadSubtrees(ReadOnlySpan<byte> list, List<NameSubtree> subtrees)
    {
        DerReader reader = new(list);
        while (!reader.IsEmpty)
        {
            if (subtrees.Count == MaxSubtrees || !reader.TryRead(DerTag.Sequence, out ReadOnlySpan<byte> subtree))
                return false;

            DerReader parts = new(subtree);
            if (!parts.TryReadAny(out byte tag, out ReadOnlySpan<byte> bytes) || !parts.IsEmpty || NameSubtree.CreateOrNull(tag, bytes) is not { } read)
                return false;
            subtrees.Add(read);
        }

        return !list.IsEmpty;
    }
}

/// <summary>Where a name stands to a subtree.</summary>
internal enum SubtreeRelation
{
    /// <summary>It can't be told, and so the name is refused.</summary>
    Unknown = 0,

    /// <summary>No subtree of its kind.</summary>
    Unconstrained = 1,

    Inside = 2,

    Outside = 3,
}

/// <summary>Which list a subtree stands in: a wildcard is compared with care on either side.</summary>
internal enum SubtreeList
{
    Permitted = 1,
    Excluded = 2,
}
