namespace CertAuth.Tls;

/// <summary>The kind of a <see cref="CipherListError"/>.</summary>
public enum CipherListErrorKind
{
    /// <summary>There is no error.</summary>
    None = 0,

    /// <summary>The text is empty.</summary>
    EmptyList = 1,

    /// <summary>The text starts or ends with a colon, or has two colons in a row.</summary>
    EmptyItem = 2,

    /// <summary>An item is neither an IANA name nor an OpenSSL name.</summary>
    UnknownName = 3,

    /// <summary>The text is longer than <see cref="CipherSuites.MaxListLength"/>; none of it was read.</summary>
    TooLong = 4,
}
