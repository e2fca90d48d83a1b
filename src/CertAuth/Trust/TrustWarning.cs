namespace CertAuth.Trust;

/// <summary>What an operator should know about a trust bundle.</summary>
public enum TrustWarningKind
{
    /// <summary>No warning.</summary>
    None = 0,

    /// <summary>Another anchor has the same subject: right during a rotation; each verification tries both.</summary>
    SameSubject = 1,

    /// <summary>No subject key identifier: among anchors of one subject every signature is tried.</summary>
    NoKeyIdentifier = 2,

    /// <summary>Not a CA: it issues nothing and matches only itself.</summary>
    NotACa = 3,

    /// <summary>Expired: nothing that it issued verifies.</summary>
    Expired = 4,

    /// <summary>Expires soon, by the option's threshold.</summary>
    ExpiresSoon = 5,

    /// <summary>Not valid yet.</summary>
    NotYetValid = 6,

    /// <summary>Its key is weak or of a kind with which nothing is verified.</summary>
    UnusableKey = 7,

    /// <summary>It issues nothing: it has an extension that is not understood, a usage for other purposes, or a subject of more than 2
    /// KiB.</summary>
    NeverIssues = 8,

    /// <summary>An X.509 version 1 root, which can't say that it is a CA, and may issue by option.</summary>
    Version1Root = 9,

    /// <summary>A revocation list of a CA of the bundle revokes it: it is trusted for nothing.</summary>
    Revoked = 10,
}

/// <summary>One warning about one anchor.</summary>
public sealed record TrustWarning
{
    internal TrustWarning(TrustWarningKind kind, TrustAnchor anchor) => (Kind, Anchor) = (kind, anchor);

    /// <summary>What it is.</summary>
    public TrustWarningKind Kind { get; }

    /// <summary>The certificate.</summary>
    public TrustAnchor Anchor { get; }

    /// <summary>One line for a log, control characters escaped.</summary>
    public override string ToString() => $"{Kind}: {Anchor}";
}
