namespace CertAuth.Certificates;

/// <summary>The form of the bytes of a subject alternative name.</summary>
internal enum SanSyntax
{
    None = 0,

    /// <summary>An IA5String. Stricter than the standard, control characters and the empty string are malformed as well.</summary>
    Ascii = 1,

    /// <summary>The 4 bytes of an IPv4 address, or the 16 bytes of an IPv6 address.</summary>
    Address = 2,

    /// <summary>A Name. It is a CHOICE, so its tag is explicit and the Name is complete inside it (X.680, 31.2.7).</summary>
    Name = 3,

    /// <summary>The content of an object identifier.</summary>
    ObjectIdentifier = 4,

    /// <summary>An object identifier and one value with the tag [0].</summary>
    TypedValue = 5,

    /// <summary>One or more values, which are not read.</summary>
    Values = 6,

    /// <summary>An IA5String that is an email address. Whether it has the form <c>local@domain</c> is not checked.</summary>
    Mailbox = 7,
}
