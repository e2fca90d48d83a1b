using CertAuth.Tool.Certificates;

namespace CertAuth.Tool.Authorities;

/// <summary>A note that says which file servers and clients use as their CA file: the bundle of a root CA, not its certificate
/// file.</summary>
/// <remarks>A rotation replaces the certificate file. A server that reads that file then rejects every client with a certificate of the
/// old CA.</remarks>
/// <param name="Bundle">The path of the bundle; null if it is unknown or does not exist yet.</param>
/// <param name="Lines">The lines of the note.</param>
internal sealed record BundleNote(string? Bundle, params IReadOnlyList<string> Lines)
{
    internal static BundleNote Create(CaFolder files, string caName, bool isRoot)
    {
        if (!isRoot)
        {
            return new(
                null, $"Use the bundle of the root CA, such as {CaFolder.DefaultCa}-bundle.pem, as the CA file of servers and clients.");
        }

        (string path, string bundle, string certificate) = GetNames(files, caName);
        return File.Exists(path)
            ? new(
                path,
                $"Use {bundle} as the CA file of servers and clients, not {certificate}:",
                $"certauth ca rotate replaces {certificate} and keeps the old CA in {bundle}.")
            : new(
                null,
                $"Use {bundle} as the CA file of servers and clients. It does not exist yet:",
                $"copy {certificate} to it, because certauth ca rotate replaces {certificate}.");
    }

    internal static BundleNote CreateForRotation(CaFolder files, string caName)
    {
        (string path, string bundle, string certificate) = GetNames(files, caName);
        return new(
            path,
            $"Use {bundle} as the CA file of servers and clients. It contains the old CA and the new one.",
            $"A server that reads {certificate} instead rejects the certificates of the old CA from now on.",
            $"When every client has a certificate of the new CA, replace {bundle} with {certificate};",
            "certauth plan lists the accounts that this would lock out.");
    }

    private static (string Path, string Bundle, string Certificate) GetNames(CaFolder files, string caName)
    {
        string path = files.GetBundlePath(caName);
        return (path, InputFiles.GetDisplayName(path), InputFiles.GetDisplayName(files.GetCertificatePath(caName)));
    }
}
