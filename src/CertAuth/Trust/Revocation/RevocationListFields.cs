using CertAuth.Der;

namespace CertAuth.Trust;

/// <summary>The positions of the parts of an encoded list, and its dates.</summary>
internal struct RevocationListFields
{
    internal DerRange Tbs;
    internal DerRange SignatureAlgorithm;
    internal DerRange Signature;
    internal DerRange Issuer;
    internal DateTimeOffset ThisUpdate;
    internal DateTimeOffset NextUpdate;

    /// <summary>The magnitude of the CRL number, without the leading zero of DER; empty for 0.</summary>
    internal DerRange Number;
}
