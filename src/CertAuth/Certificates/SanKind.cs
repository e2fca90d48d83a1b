namespace CertAuth.Certificates;

/// <summary>The kinds of GeneralName (RFC 5280, 4.2.1.6). The numbers are the tags of the standard plus one.</summary>
public enum SanKind
{
    /// <summary>otherName: a value of a type that an object identifier names.</summary>
    OtherName = 1,

    /// <summary>rfc822Name: an e-mail address.</summary>
    Email = 2,

    /// <summary>dNSName: a DNS name.</summary>
    Dns = 3,

    /// <summary>x400Address: an X.400 address.</summary>
    X400Address = 4,

    /// <summary>directoryName: a distinguished name.</summary>
    DirectoryName = 5,

    /// <summary>ediPartyName: a party of electronic data interchange.</summary>
    EdiPartyName = 6,

    /// <summary>uniformResourceIdentifier: a URI.</summary>
    Uri = 7,

    /// <summary>iPAddress: an IPv4 or IPv6 address.</summary>
    IpAddress = 8,

    /// <summary>registeredID: an object identifier.</summary>
    RegisteredId = 9,
}
