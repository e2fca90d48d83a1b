using System.Buffers;
using CertAuth.Certificates;
using CertAuth.Testing;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Authorities;

/// <summary>The files of CAs and of the certificates that they issue: NAME-cert.pem, NAME-key.pem and, for a root CA,
/// NAME-bundle.pem.</summary>
internal sealed class CaFolder(OutputFolder folder, Input input)
{
    internal const string DefaultCa = "ca";

    private const int MaxNameLength = 64;

    private static readonly SearchValues<char> s_nameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._@");

    internal string GetCertificatePath(string name) => folder[$"{name}-cert.pem"];

    internal string GetKeyPath(string name) => folder[$"{name}-key.pem"];

    internal string GetBundlePath(string name) => folder[$"{name}-bundle.pem"];

    /// <summary>Returns a name that is the beginning of file names, if it is valid.</summary>
    /// <exception cref="UserErrorException">The name is empty or too long, or has characters that are not allowed.</exception>
    internal static string ValidateName(string option, string name) =>
        name.Length is 0 or > MaxNameLength || name.AsSpan().ContainsAnyExcept(s_nameCharacters) || name[0] is '.' or '-'
            ? throw new UserErrorException(
                $"{option}: Use 1 to {MaxNameLength} letters, digits and the characters -._@, and do not begin with . or -.")
            : name;

    /// <summary>Loads a CA by its name, to issue certificates.</summary>
    /// <exception cref="UserErrorException">The files cannot be read, are not those of a CA, or the CA has expired.</exception>
    internal StoredCa Load(string name, TimeProvider clock)
    {
        (string certificatePath, string keyPath) = (GetCertificatePath(name), GetKeyPath(name));
        ParsedCertificate certificate = ReadCa(certificatePath);
        if (certificate.NotAfter < clock.GetUtcNow())
        {
            string expiry = TerminalText.FormatTime(certificate.NotAfter);
            throw new UserErrorException(
                $"{InputFiles.GetDisplayName(certificatePath)} expired at {expiry}; create the next CA with certauth ca rotate.");
        }

        return Read(certificatePath, keyPath, certificate, clock);
    }

    /// <summary>Loads a CA by its name, to create its successor. The CA may have expired.</summary>
    /// <exception cref="UserErrorException">The files cannot be read, or are not those of a self-signed CA.</exception>
    internal StoredCa LoadForRotation(string name, TimeProvider clock)
    {
        (string certificatePath, string keyPath) = (GetCertificatePath(name), GetKeyPath(name));
        ParsedCertificate certificate = ReadCa(certificatePath);
        if (!StoredCa.IsSelfIssued(certificate))
        {
            throw new UserErrorException(
                $"{InputFiles.GetDisplayName(certificatePath)} is not self-signed; "
                + "reissue it with certauth ca issue intermediate --force.");
        }

        return Read(certificatePath, keyPath, certificate, clock);
    }

    /// <summary>Writes a certificate and its key, the key first.</summary>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="UserErrorException">A file already exists or cannot be written.</exception>
    internal string[] Save(string name, string certificatePem, string keyPem, OverwriteMode overwriteMode)
    {
        (string certificatePath, string keyPath) = (GetCertificatePath(name), GetKeyPath(name));
        AtomicFile.ThrowIfExists(overwriteMode, certificatePath, keyPath);
        AtomicFile.Write(keyPath, keyPem, FileVisibility.OwnerOnly, overwriteMode);
        AtomicFile.Write(certificatePath, certificatePem, FileVisibility.OwnerByDefault, overwriteMode);
        return [certificatePath, keyPath];
    }

    /// <summary>Writes a new root CA: certificate, key and bundle. Servers read the bundle from the start, so that a rotation locks out no
    /// client.</summary>
    /// <returns>The paths of the files.</returns>
    /// <exception cref="UserErrorException">A file already exists or cannot be written.</exception>
    internal string[] SaveRoot(string name, TestCertificateAuthority ca, OverwriteMode overwriteMode)
    {
        AtomicFile.ThrowIfExists(overwriteMode, GetCertificatePath(name), GetKeyPath(name), GetBundlePath(name));
        string[] pair = Save(name, ca.Pem, ca.Key.PrivateKeyPem, overwriteMode);
        SaveBundle(name, ca.Pem, overwriteMode);
        return [.. pair, GetBundlePath(name)];
    }

    /// <summary>Writes the bundle of a root CA.</summary>
    /// <exception cref="UserErrorException">The file already exists or cannot be written.</exception>
    internal void SaveBundle(string name, string pem, OverwriteMode overwriteMode) =>
        AtomicFile.Write(GetBundlePath(name), pem, FileVisibility.OwnerByDefault, overwriteMode);

    /// <summary>Creates the bundle of a rotation: the new certificate, the old one, and the other certificates of the current
    /// bundle.</summary>
    /// <exception cref="UserErrorException">The current file is not a trust bundle.</exception>
    internal string CreateRotatedBundle(string name, TestCertificateAuthority next, TestCertificateAuthority old)
    {
        string path = GetBundlePath(name);
        IEnumerable<ReadOnlyMemory<byte>> before = File.Exists(path)
            ? input.ReadBundle(path, [], TimeProvider.System).Anchors.Select(a => a.Certificate.Der)
            : [];
        return string.Concat(before.Prepend(old.Der).Prepend(next.Der).Select(der => Pem.EncodeCertificate(der.Span)).Distinct());
    }

    /// <summary>Returns the first unused name for the old CA: ca-old-1, ca-old-2 and so on.</summary>
    internal string FindUnusedNameForOld(string name)
    {
        int number = 1;
        while (Path.Exists(GetCertificatePath($"{name}-old-{number}")) || Path.Exists(GetKeyPath($"{name}-old-{number}")))
            number++;
        return $"{name}-old-{number}";
    }

    private ParsedCertificate ReadCa(string path)
    {
        ParsedCertificate certificate = input.ReadCertificate(path).Leaf;
        return certificate.IsCertificateAuthority
            ? certificate
            : throw new UserErrorException($"{InputFiles.GetDisplayName(path)} is not a CA certificate.");
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
            throw new UserErrorException(
                $"{InputFiles.GetDisplayName(certificatePath)} and {InputFiles.GetDisplayName(keyPath)}: {KeyFile.GetMessage(e)}");
        }
    }
}
