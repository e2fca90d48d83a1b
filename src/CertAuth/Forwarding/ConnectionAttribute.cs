using System.Text;

namespace CertAuth.Forwarding;

/// <summary>One connection attribute (MySQL: <c>performance_schema.session_connect_attrs</c>).</summary>
/// <remarks>Names and values are bytes, because a signature covers the bytes that were sent. The bytes are not copied; the caller must not
/// change them. Safe for concurrent use.</remarks>
public sealed class ConnectionAttribute
{
    /// <summary>Initializes an attribute with the bytes that were received.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public ConnectionAttribute(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value) => (Name, Value) = (name, value);

    /// <summary>Initializes an attribute with texts, which are encoded in UTF-8.</summary>
    /// <param name="name">The name. U+FFFD replaces an unpaired surrogate.</param>
    /// <param name="value">The value. U+FFFD replaces an unpaired surrogate.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> or <paramref name="value"/> is null.</exception>
    public ConnectionAttribute(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Name = Encoding.UTF8.GetBytes(name);
        Value = Encoding.UTF8.GetBytes(value);
    }

    /// <summary>Gets the name. Names are compared byte by byte.</summary>
    public ReadOnlyMemory<byte> Name { get; }

    /// <summary>Gets the value.</summary>
    public ReadOnlyMemory<byte> Value { get; }
}
