namespace CertAuth.Trust;

/// <summary>How far a path must follow RFC 5280.</summary>
public enum ChainStrictness
{
    /// <summary>In all that decides whom to trust; what CAs in use get wrong without harm is taken.</summary>
    Practical = 0,

    /// <summary>Also in the rules for CAs that don't change whom to trust: serial numbers, key identifiers, critical flags.</summary>
    Rfc5280Strict = 1,
}
