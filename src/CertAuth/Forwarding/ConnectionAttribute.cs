using System.Text;

namespace CertAuth.Forwarding;

/// <summary>One connection attribute, as the peer sent it (MySQL: <c>performance_schema.session_connect_attrs</c>).</summary>
/// <remarks>Octets, since what is signed are the octets that were sent. They aren't copied: they must stay unchanged.</remarks>
public sealed class ConnectionAttribute
{
    /// <summary>An attribute as it was received.</summary>
    public ConnectionAttribute(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value) => (Name, Value) = (name, value);

    /// <summary>An attribute to be sent, as UTF-8.</summary>
    public ConnectionAttribute(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Name = Encoding.UTF8.GetBytes(name);
        Value = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>The name; compared octet by octet.</summary>
    public ReadOnlyMemory<byte> Name { get; }

    /// <summary>The value.</summary>
    public ReadOnlyMemory<byte> Value { get; }
}
