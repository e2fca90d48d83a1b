namespace CertAuth.Trust;

/// <summary>Specifies how closely a path must follow RFC 5280.</summary>
public enum ChainStrictness
{
    /// <summary>Enforces the rules that decide which certificates are trusted. Accepts violations of other rules, which some CAs in
    /// production commit.</summary>
    Practical = 0,

    /// <summary>Also enforces the rules for CAs that do not change which certificates are trusted: serial numbers, key identifiers,
    /// critical flags.</summary>
    Rfc5280Strict = 1,
}
