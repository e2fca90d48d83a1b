namespace CertAuth.Certificates;

/// <summary>The kinds of GeneralName (RFC 5280, 4.2.1.6). The numbers are the standard's tags plus one.</summary>
public enum SanKind
{
    /// <summary>otherName.</summary>
    OtherName = 1,

    /// <summary>rfc822Name: an e-mail address.</summary>
    Email = 2,

    /// <summary>dNSName.</summary>
    Dns = 3,

    /// <summary>x400Address.</summary>
    X400Address = 4,

    /// <summary>directoryName: a distinguished name.</summary>
    DirectoryName = 5,

    /// <summary>ediPartyName.</summary>
    EdiPartyName = 6,

    /// <summary>uniformResourceIdentifier.</summary>
    Uri = 7,

    /// <summary>iPAddress.</summary>
    IpAddress = 8,

    /// <summary>registeredID: an object identifier.</summary>
    RegisteredId = 9,
}
