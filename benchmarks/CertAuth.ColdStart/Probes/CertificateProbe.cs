using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Trust;

namespace CertAuth.ColdStart.Probes;

/// <summary>A login by certificate: a bundle of one CA is read, the client's chain is verified, the requirement met.</summary>
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
