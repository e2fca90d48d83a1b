using System.Text;

namespace CertAuth.ColdStart;

/// <summary>The bytes of a login, which are read from the driver's files before the measurement.</summary>
internal sealed class Material(string folder)
{
    internal const string UserName = "alice", Email = "alice@example.com", Issuer = "https://issuer.example";
    internal const string Clause =
        "REQUIRE SUBJECT '/C=US/O=Example/OU=Databases/CN=alice' AND ISSUER '/C=US/O=Example/CN=CA' "
        + "AND SAN 'URI:spiffe://example.org/service/alice'";

    internal byte[] Bundle { get; } = Read(folder, "ca.pem");

    internal byte[] Leaf { get; } = Read(folder, "leaf.der");

    internal byte[] KeySet { get; } = Read(folder, "jwks.json");

    internal byte[] Token { get; } = Read(folder, "token");

    internal byte[] Signer { get; } = Read(folder, "signer.pem");

    internal byte[] Info { get; } = Read(folder, "info");

    internal byte[] InfoSignature { get; } = Read(folder, "info.sig");

    internal byte[] Challenge { get; } = Read(folder, "challenge");

    internal byte[] PublicKey { get; } = Read(folder, "bare.spki");

    internal byte[] Hash { get; } = Read(folder, "bare.hash");

    internal byte[] Signature { get; } = Read(folder, "bare.sig");

    internal string TokenText => Encoding.ASCII.GetString(Token);

    private static byte[] Read(string folder, string name) => File.ReadAllBytes(Path.Combine(folder, name));
}
