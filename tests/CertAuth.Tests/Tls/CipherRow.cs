using System.Globalization;
using System.Net.Security;
using Xunit.Sdk;

namespace CertAuth.Tests.Tls;

/// <summary>A row of <c>ciphers.tsv</c>. <see cref="ToString"/> is shown in the name of a test.</summary>
public sealed record CipherRow : IXunitSerializable
{
    public ushort Code { get; set; }

    public string Iana { get; set; } = "";

    public string OpenSsl { get; set; } = "";

    internal TlsCipherSuite Suite => (TlsCipherSuite)Code;

    internal static CipherRow Parse(string[] fields)
    {
        ushort code = ushort.Parse(fields[0].AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new() { Code = code, Iana = fields[1], OpenSsl = fields[2] };
    }

    public override string ToString() => OpenSsl;

    void IXunitSerializable.Serialize(IXunitSerializationInfo info) => info.AddValue("row", (string[])[$"0x{Code:X4}", Iana, OpenSsl]);

    void IXunitSerializable.Deserialize(IXunitSerializationInfo info) =>
        (Code, Iana, OpenSsl) = Parse(info.GetValue<string[]>("row")!) is var row ? (row.Code, row.Iana, row.OpenSsl) : default;
}
