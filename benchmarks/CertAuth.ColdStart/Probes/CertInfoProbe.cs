using System.Text;
using CertAuth.Forwarding;
using CertAuth.Requirements;
using CertAuth.Signing;

namespace CertAuth.ColdStart.Probes;

/// <summary>A login by a forwarded certificate: reads the signer's certificate and evaluates the requirement with the client's
/// facts.</summary>
internal sealed class CertInfoProbe(Material material) : LoginProbe
{
    protected override Account CreateAccount() => Account.WithCertificate(Material.UserName, LoginRequirement.Parse(Material.Clause));

    protected override LoginAuthenticatorOptions CreateOptions() =>
        SigningCertificate.TryParse(material.Signer, null, out SigningCertificate? signer, out var error)
            ? new() { CertInfoVerifier = new(new() { SharedKey = Source.Fixed(SigningCertificateRing.Create(signer)) }) }
            : throw new InvalidOperationException($"{error}");

    protected override AuthenticationRequest CreateRequest(Account account) => new(account, Connect())
    {
        IsFromProxy = true,
        Challenge = material.Challenge,
        Attributes = new(
            Attribute(CertInfoToken.InfoAttributeName, material.Info),
            Attribute(CertInfoToken.SignatureAttributeName, material.InfoSignature)),
    };

    private static ConnectionAttribute Attribute(string name, byte[] value) => new(Encoding.ASCII.GetBytes(name), value);
}
