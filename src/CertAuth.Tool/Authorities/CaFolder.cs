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

    /// <exception cref="UserErrorException">It can't begin the name of a file.</exception>
    internal static string ValidateName(string option, string name) =>
        name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(s_nameCharacters) || name[0] is '.' or '-'
            ? throw new UserErrorException($"{option} begins the names of files: letters, digits and -._@, at most {MaxNameLength}, neither . nor - first.")
            : name;

    /// <summary>The CA of a name.</summary>
    /// <exception cref="UserErrorException">There is none, or it can't issue anything.</exception>
    internal StoredCa Load(string name, TimeProvider clock)
    {
        (string certificatePath, string keyPath) = (CertificatePath(name), KeyPath(name));
        ParsedCertificate certificate = ReadCa(certificatePath);
        if (certificate.NotAfter < clock.GetUtcNow())
            throw new UserErrorException(
                $"{InputFiles.GetDisplayName(certificatePath)} has expired, on {TerminalText.FormatTime(certificate.NotAfter)}; certauth ca rotate makes the next one.");
        return Read(certificatePath, keyPath, certificate, clock);
    }

    /// <summary>The CA of a name, for its successor: it may have expired.</summary>
    /// <exception cref="UserErrorException">There is none, or it isn't self-signed.</exception>
    internal StoredCa LoadForRotation(string name, TimeProvider clock)
    {
        (string certificatePath, string keyPath) = (CertificatePath(name), KeyPath(name));
        ParsedCertificate certificate = ReadCa(certificatePath);
        if (!StoredCa.IsSelfIssued(certificate))
            throw new UserErrorException(
                $"{InputFiles.GetDisplayName(certificatePath)} isn't self-signed: have its issuer issue the next one with certauth ca issue intermediate --force.");
        return Read(certificatePath, keyPath, certificate, clock);
    }

    /// <summary>Writes a pair, the key first; what stands there as one is replaced as one.</summary>
    /// <returns>The files.</returns>
    /// <exception cref="UserErrorException">One is there already, or can't be written.</exception>
    internal string[] Save(string name, string certificatePem, string keyPem, OverwriteMode overwriteMode)
    {
        (string certificatePath, string keyPath) = (CertificatePath(name), KeyPath(name));
        AtomicFile.ThrowIfExists(overwriteMode, certificatePath, keyPath);
        AtomicFile.Write(keyPath, keyPem, FileVisibility.OwnerOnly, overwriteMode);
        AtomicFile.Write(certificatePath, certificatePem, FileVisibility.OwnerAtFirst, overwriteMode);
        return [certificatePath, keyPath];
    }

    /// <summary>Writes a new root CA: its pair, and the bundle that servers read from the start, so that a rotation locks no client
    /// out.</summary>
    /// <returns>The files.</returns>
    /// <exception cref="UserErrorException">One is there already, or can't be written.</exception>
    internal string[] SaveRoot(string name, TestCertificateAuthority ca, OverwriteMode overwriteMode)
    {
        AtomicFile.ThrowIfExists(overwriteMode, CertificatePath(name), KeyPath(name), BundlePath(name));
        string[] pair = Save(name, ca.Pem, ca.Key.PrivateKeyPem, overwriteMode);
        SaveBundle(name, ca.Pem, overwriteMode);
        return [.. pair, BundlePath(name)];
    }

    /// <summary>Writes the bundle of a root CA.</summary>
    /// <exception cref="UserErrorException">It is there already, or can't be written.</exception>
    internal void SaveBundle(string name, string pem, OverwriteMode overwriteMode) =>
        AtomicFile.Write(BundlePath(name), pem, FileVisibility.OwnerAtFirst, overwriteMode);

    /// <summary>The bundle of a rotation: the new certificate, the old one, and whatever else the bundle held.</summary>
    /// <exception cref="UserErrorException">There is a file of the name that is no bundle.</exception>
    internal string CreateRotatedBundle(string name, TestCertificateAuthority next, TestCertificateAuthority old)
    {
        string path = BundlePath(name);
        IEnumerable<ReadOnlyMemory<byte>> before = File.Exists(path)
            ? input.ReadBundle(path, [], TimeProvider.System).Anchors.Select(a => a.Certificate.Der)
            : [];
        return string.Concat(before.Prepend(old.Der).Prepend(next.Der).Select(der => Pem.EncodeCertificate(der.Span)).Distinct());
    }

    /// <summary>The first name under which nothing stands: ca-old-1, ca-old-2 and so on.</summary>
    internal string FindUnusedNameForOld(string name)
    {
        int number = 1;
        while (Path.Exists(CertificatePath($"{name}-old-{number}")) || Path.Exists(KeyPath($"{name}-old-{number}")))
            number++;
        return $"{name}-old-{number}";
    }

    private ParsedCertificate ReadCa(string path)
    {
        ParsedCertificate certificate = input.ReadCertificate(path).Leaf;
        return CertificateDetails.Read(certificate).IsCa ? certificate : throw new UserErrorException($"{InputFiles.GetDisplayName(path)} isn't the certificate of a CA.");
    }

    private StoredCa Read(string certificatePath, string keyPath, ParsedCertificate certificate, TimeProvider clock)
    {
        string keyText = input.ReadKeyText(keyPath);
        try
        {
            string certificateText = input.ReadText(certificatePath);
            return new(TestCertificateAuthority.FromPem(certificateText, keyText, clock), certificate, certificateText, keyText);
        }
        catch (ArgumentException e)
        {
            throw new UserErrorException($"{InputFiles.GetDisplayName(certificatePath)} and {InputFiles.GetDisplayName(keyPath)}: {KeyFile.GetMessage(e)}");
        }
    }
}

/// <summary>A CA that was read from its files.</summary>
/// <param name="Authority">The CA.</param>
/// <param name="Certificate">Its certificate.</param>
/// <param name="CertificateText">The file of its certificate, as it stands.</param>
/// <param name="KeyText">The file of its key, as it stands.</param>
internal sealed record StoredCa(TestCertificateAuthority Authority, ParsedCertificate Certificate, string CertificateText, string KeyText)
{
    /// <summary>Whether no CA is above it.</summary>
    internal bool IsRoot => IsSelfIssued(Certificate);

    internal static bool IsSelfIssued(ParsedCertificate certificate) =>
        certificate.SubjectDer.Span.SequenceEqual(certificate.IssuerDer.Span);
}
