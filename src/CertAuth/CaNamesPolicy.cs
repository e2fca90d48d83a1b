namespace CertAuth;

/// <summary>Specifies whether a server sends the names of the trusted CAs to clients.</summary>
public enum CaNamesPolicy
{
    /// <summary>The server sends no names.</summary>
    None = 0,

    /// <summary>The server sends the names. Every client that connects learns them.</summary>
    Send = 1,
}
