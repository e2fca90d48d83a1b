using CertAuth.Certificates;

namespace CertAuth.Trust;

/// <summary>What an operator should know about a trust bundle.</summary>
public enum TrustWarningKind
{
    /// <summary>No warning.</summary>
    None = 0,

    /// <summary>Another anchor has the same subject: right during a rotation; each verification tries both. Over TLS 1.3, an OpenSSL
    /// client that sends the other CA cannot connect if its certificate has no authority key identifier, such as any of X.509 version
    /// 1: the platform ends the handshake before any code of this library runs.</summary>
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
    UnusableAsIssuer = 8,

    /// <summary>An X.509 version 1 root, which can't say that it is a CA, and may issue by option.</summary>
    Version1Root = 9,

    /// <summary>A revocation list of a CA of the bundle revokes it: it is trusted for nothing.</summary>
    Revoked = 10,

    /// <summary>Since it was loaded, the bundle verified a certificate that this CA issued and that might as well name another CA with
    /// the same subject: see <see cref="VerifiedCertificate.HasAmbiguousIssuer"/>.</summary>
    AmbiguousIssuer = 11,
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
    public override string ToString() => $"{Sentence}: {Anchor}";

    private string Sentence => Kind switch
    {
        TrustWarningKind.SameSubject =>
            "Another CA certificate has the same subject, as during a rotation; a client certificate without an authority key identifier, "
            + "such as any of X.509 version 1, fails over TLS 1.3 if an OpenSSL client sends the other CA",
        TrustWarningKind.NoKeyIdentifier => "No subject key identifier; every signature is tried among CAs with this subject",
        TrustWarningKind.NotACa => "Not a CA; it issues nothing and matches only itself",
        TrustWarningKind.Expired => "Expired; nothing that it issued verifies",
        TrustWarningKind.ExpiresSoon => "Expires soon",
        TrustWarningKind.NotYetValid => "Not valid yet",
        TrustWarningKind.UnusableKey => "The key is weak or of a kind with which nothing is verified",
        TrustWarningKind.UnusableAsIssuer => "An extension rejects every path, such as a usage for other purposes",
        TrustWarningKind.Version1Root => "X.509 version 1, which cannot say that it is a CA; it may issue by option",
        TrustWarningKind.Revoked => "Revoked by a revocation list of the bundle; it is not trusted",
        TrustWarningKind.AmbiguousIssuer =>
            "It issued a client certificate without an authority key identifier, and another CA has the same subject; over TLS 1.3 such "
            + "a client fails if OpenSSL sends the other CA",
        _ => $"Warning {(int)Kind}",
    };
}
