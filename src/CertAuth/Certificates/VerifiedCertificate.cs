namespace CertAuth.Certificates;

/// <summary>A client certificate whose path to a trusted certificate was verified. Only the library makes one.</summary>
/// <remarks>Immutable; safe for concurrent use. It says that the certificate was good when it was verified, not that it still is.</remarks>
public sealed class VerifiedCertificate
{
    internal VerifiedCertificate(ClientCertificate certificate, ReadOnlyMemory<byte> anchorSha256)
    {
        Certificate = certificate;
        AnchorSha256 = anchorSha256;
    }

    /// <summary>The leaf.</summary>
    public ClientCertificate Certificate { get; }

    /// <summary>SHA-256 of the trusted certificate at which its path ends.</summary>
    public ReadOnlyMemory<byte> AnchorSha256 { get; }

    /// <summary>The subject in canonical form, for a log line: bounded, control characters escaped; its fault where it is malformed.</summary>
    public override string ToString() => Certificate.DescribeSubject();
}
