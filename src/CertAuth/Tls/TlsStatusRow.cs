namespace CertAuth.Tls;

/// <summary>A status variable and its value.</summary>
public readonly record struct TlsStatusRow
{
    internal TlsStatusRow(string name, string value) => (Name, Value) = (name, value);

    /// <summary>Gets the name of the variable, such as <c>Ssl_cipher</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the value as text; empty, never null, if the connection has no such fact.</summary>
    public string Value { get; }

    /// <summary>Returns the name and the value, separated by a colon and a space.</summary>
    public override string ToString() => $"{Name}: {Value}";
}
