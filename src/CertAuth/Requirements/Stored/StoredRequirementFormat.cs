namespace CertAuth.Requirements;

/// <summary>The formats of stored requirements. <see cref="LoginRequirement.FromStored"/> reads all of them.</summary>
public enum StoredRequirementFormat
{
    /// <summary>The format of TiDB. The token issuer is stored beside the JSON object.</summary>
    Tidb = 1,

    /// <summary>The format of MariaDB, which has no SAN and no token issuer.</summary>
    MariaDb = 2,

    /// <summary>The format of this library, which holds every requirement. TiDB and MariaDB read options in it as a subject that no
    /// certificate has, so they reject the login.</summary>
    CertAuth = 3,
}
