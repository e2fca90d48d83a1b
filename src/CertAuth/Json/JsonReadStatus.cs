namespace CertAuth.Json;

/// <summary>The result of reading the next member or element.</summary>
internal enum JsonReadStatus
{
    /// <summary>The text is not JSON, or exceeds a limit.</summary>
    Malformed = 0,

    /// <summary>A member or element was read.</summary>
    Read = 1,

    /// <summary>The object or array has ended.</summary>
    End = 2,

    /// <summary>The name of the member is repeated.</summary>
    Repeated = 3,
}
