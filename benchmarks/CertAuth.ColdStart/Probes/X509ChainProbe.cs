using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CertAuth.ColdStart.Probes;

/// <summary>For comparison: .NET's certificate and chain classes, and the subject as text. It checks no other part of the
/// requirement.</summary>
internal sealed class X509ChainProbe(Material material) : Probe
{
    private X509Certificate2? _root;

    protected override void Prepare() => _root = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(material.Bundle));

    protected override bool Decide()
    {
        using X509Certificate2 leaf = X509CertificateLoader.LoadCertificate(material.Leaf);
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.Add(_root!);
        return chain.Build(leaf) && leaf.SubjectName.Name == "CN=alice, OU=Databases, O=Example, C=US";
    }
}
