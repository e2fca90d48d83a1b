using System.Buffers;
using CertAuth.Certificates;
using CertAuth.Testing;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Authorities;

/// <summary>Which files hold a CA and what it issues: NAME-cert.pem and NAME-key.pem, side by side, and NAME-bundle.pem of a root
/// CA.</summary>
internal sealed class CaFolder(OutputFolder folder, Input input)
{
    internal const string DefaultCa = "ca";

    private const int MaxNameLength = 64;

    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._@");

    internal string CertificatePath(string name) => folder[$"{name}-cert.pem"];

    internal string KeyPath(string name) => folder[$"{name}-key.pem"];

    internal string BundlePath(string name) => folder[$"{name}-bundle.pem"];

    /// <exception cref="MistakeException">It can't begin the name of a file.</exception>
    internal static string CheckName(string option, string name) =>
        name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(s_nameCharacters) || name[0] is '.' or '-'
            ? throw new MistakeException($"{option} begins the names of files: letters, digits and -._@, at most {MaxNameLength}, neither . nor - first.")
            : name;

    /// <summary>The CA of a name.</summary>
    /// <exception cref="MistakeException">There is none, or it can't issue anything.</exception>
    internal StoredCa Load(string name, TimeProvider clock)
    {
        (string certificatePath, string keyPath) = (CertificatePath(name), KeyPath(name));
        ClientCertificate certificate = ReadCa(certificatePath);
        if (certificate.NotAfter < clock.GetUtcNow())
            throw new MistakeException(
                $"{Files.Name(certificatePath)} has expired, on {Shown.Time(certificate.NotAfter)}; certauth ca rotate makes the next one.");
        return Read(certificatePath, keyPath, certificate, clock);
    }

    /// <summary>The CA of a name, for its successor: it may have expired.</summary>
    /// <exception cref="MistakeException">There is none, or it isn't self-signed.</exception>
    internal StoredCa LoadForRotation(string name, TimeProvider clock)
    {
        (string certificatePath, string keyPath) = (CertificatePath(name), KeyPath(name));
        ClientCertificate certificate = ReadCa(certificatePath);
        if (!StoredCa.IsSelfIssued(certificate))
            throw new MistakeException(
                $"{Files.Name(certificatePath)} isn't self-signed: have its issuer issue the next one with certauth ca issue intermediate --force.");
        return Read(certificatePath, keyPath, certificate, clock);
    }

    /// <summary>Writes a pair, the key first; what stands there as one is replaced as one.</summary>
    /// <returns>The files.</returns>
    /// <exception cref="MistakeException">One is there already, or can't be written.</exception>
    internal string[] Save(string name, string certificatePem, string keyPem, IfPresent ifPresent)
    {
        (string certificatePath, string keyPath) = (CertificatePath(name), KeyPath(name));
        NewFile.ThrowIfPresent(ifPresent, certificatePath, keyPath);
        NewFile.Write(keyPath, keyPem, Readers.OwnerAlone, ifPresent);
        NewFile.Write(certificatePath, certificatePem, Readers.OwnerAtFirst, ifPresent);
        return [certificatePath, keyPath];
    }

    /// <summary>Writes a new root CA: its pair, and the bundle that servers read from the start, so that a rotation locks no client
    /// out.</summary>
    /// <returns>The files.</returns>
    /// <exception cref="MistakeException">One is there already, or can't be written.</exception>
    internal string[] SaveRoot(string name, TestCertificateAuthority ca, IfPresent ifPresent)
    {
        NewFile.ThrowIfPresent(ifPresent, CertificatePath(name), KeyPath(name), BundlePath(name));
        string[] pair = Save(name, ca.Pem, ca.Key.PrivateKeyPem, ifPresent);
        SaveBundle(name, ca.Pem, ifPresent);
        return [.. pair, BundlePath(name)];
    }

    /// <summary>Writes the bundle of a root CA.</summary>
    /// <exception cref="MistakeException">It is there already, or can't be written.</exception>
    internal void SaveBundle(string name, string pem, IfPresent ifPresent) =>
        NewFile.Write(BundlePath(name), pem, Readers.OwnerAtFirst, ifPresent);

    /// <summary>The bundle of a rotation: the new certificate, the old one, and whatever else the bundle held.</summary>
    /// <exception cref="MistakeException">There is a file of the name that is no bundle.</exception>
    internal string NextBundle(string name, TestCertificateAuthority next, TestCertificateAuthority old)
    {
        string path = BundlePath(name);
        IEnumerable<ReadOnlyMemory<byte>> before = File.Exists(path)
            ? input.ReadBundle(path, [], TimeProvider.System).Anchors.Select(a => a.Certificate.Der)
            : [];
        return string.Concat(before.Prepend(old.Der).Prepend(next.Der).Select(der => Pem.Certificate(der.Span)).Distinct());
    }

    /// <summary>The first name under which nothing stands: ca-old-1, ca-old-2 and so on.</summary>
    internal string FreeNameForOld(string name)
    {
        int number = 1;
        while (Path.Exists(CertificatePath($"{name}-old-{number}")) || Path.Exists(KeyPath($"{name}-old-{number}")))
            number++;
        return $"{name}-old-{number}";
    }

    private ClientCertificate ReadCa(string path)
    {
        ClientCertificate certificate = input.ReadCertificate(path).Leaf;
        return X509Facts.Of(certificate).IsCa ? certificate : throw new MistakeException($"{Files.Name(path)} isn't the certificate of a CA.");
    }

    private StoredCa Read(string certificatePath, string keyPath, ClientCertificate certificate, TimeProvider clock)
    {
        string keyText = input.ReadKeyText(keyPath);
        try
        {
            string certificateText = input.ReadText(certificatePath);
            return new(TestCertificateAuthority.FromPem(certificateText, keyText, clock), certificate, certificateText, keyText);
        }
        catch (ArgumentException e)
        {
            throw new MistakeException($"{Files.Name(certificatePath)} and {Files.Name(keyPath)}: {KeyFile.Sentence(e)}");
        }
    }
}

/// <summary>A CA that was read from its files.</summary>
/// <param name="Authority">The CA.</param>
/// <param name="Certificate">Its certificate.</param>
/// <param name="CertificateText">The file of its certificate, as it stands.</param>
/// <param name="KeyText">The file of its key, as it stands.</param>
internal sealed record StoredCa(TestCertificateAuthority Authority, ClientCertificate Certificate, string CertificateText, string KeyText)
{
    /// <summary>Whether no CA is above it.</summary>
    internal bool IsRoot => IsSelfIssued(Certificate);

    internal static bool IsSelfIssued(ClientCertificate certificate) =>
        certificate.SubjectDer.Span.SequenceEqual(certificate.IssuerDer.Span);
}
