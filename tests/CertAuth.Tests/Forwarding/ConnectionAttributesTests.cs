using System.Text;
using CertAuth.Forwarding;

namespace CertAuth.Tests.Forwarding;

/// <summary>The attributes of a client that a proxy forwards and an application stores.</summary>
public sealed class ConnectionAttributesTests
{
    [Fact]
    public void WithoutProxyAttributes_OmitsAttributesReservedForProxies()
    {
        ConnectionAttributes attributes = new(
            Of("_os"), Of("tiproxy-cert-info"), Of("tiproxy-cert-signature"), Of("TiProxy-Cert-Info"), Of("tiproxy-"), Of("tiproxy-next"),
            Of("tiproxy"), Of(""), Of("my-tiproxy-cert-info"), Of("_os"));
        attributes.WithoutProxyAttributes.Select(NameOf).Should().Equal("_os", "tiproxy", "", "my-tiproxy-cert-info", "_os");
        attributes.WithoutCertInfo.Select(NameOf).Should().Equal(
            "_os", "TiProxy-Cert-Info", "tiproxy-", "tiproxy-next", "tiproxy", "", "my-tiproxy-cert-info", "_os");
    }

    private static ConnectionAttribute Of(string name) => new(Encoding.UTF8.GetBytes(name), new byte[] { 1 });

    private static string NameOf(ConnectionAttribute attribute) => Encoding.UTF8.GetString(attribute.Name.Span);
}
