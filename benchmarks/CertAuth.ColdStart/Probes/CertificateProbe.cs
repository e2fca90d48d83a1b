using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Trust;

namespace CertAuth.ColdStart.Probes;

/// <summary>A login by certificate: reads a bundle of one CA, verifies the client's chain, and evaluates the requirement.</summary>
internal sealed class CertificateProbe(Material material) : LoginProbe
{
    private TrustBundle? _bundle;

    protected override Account CreateAccount() => Account.WithCertificate(Material.UserName, LoginRequirement.Parse(Material.Clause));

    protected override LoginAuthenticatorOptions CreateOptions()
    {
        _bundle = TrustBundle.Parse(material.Bundle);
        return new();
    }

    protected override AuthenticationRequest CreateRequest(Account account) =>
        _bundle!.TryVerify(material.Leaf, [], out VerifiedCertificate? verified, out Rejection? rejection)
            ? new(account, Connect(verified))
            : throw new InvalidOperationException($"{rejection}");
}
