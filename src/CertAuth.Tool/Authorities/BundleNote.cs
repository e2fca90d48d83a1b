using CertAuth.Tool.Certificates;

namespace CertAuth.Tool.Authorities;

/// <summary>Which file servers read to trust a CA of a folder. A server that reads the CA's own certificate rejects every old client
/// after a rotation, which replaces that file.</summary>
/// <param name="Bundle">The file; null where it is not known or does not exist yet.</param>
/// <param name="Sentences">The same for people, and what to do.</param>
internal sealed record BundleNote(string? Bundle, params IReadOnlyList<string> Sentences)
{
    internal static BundleNote Of(CaFolder files, string caName, bool isRoot)
    {
        if (!isRoot)
        {
            return new(
                null, $"Servers and clients read the bundle of the root CA as their CA file, such as {CaFolder.DefaultCa}-bundle.pem.");
        }

        (string path, string bundle, string certificate) = NamesOf(files, caName);
        return File.Exists(path)
            ? new(
                path,
                $"Servers and clients read {bundle} as their CA file, not {certificate}:",
                $"certauth ca rotate replaces {certificate} and keeps the old CA in {bundle}.")
            : new(
                null,
                $"Servers and clients read {bundle} as their CA file, which does not exist yet:",
                $"copy {certificate} to it, since certauth ca rotate replaces {certificate}.");
    }

    internal static BundleNote OfRotation(CaFolder files, string caName)
    {
        (string path, string bundle, string certificate) = NamesOf(files, caName);
        return new(
            path,
            $"Servers and clients read {bundle} as their CA file, which holds the old CA and the new one.",
            $"A server that reads {certificate} instead rejects the certificates of the old CA from now on.",
            $"When every client has a certificate of the new CA, replace {bundle} with {certificate};",
            "certauth plan lists the accounts that would be locked out.");
    }

    private static (string Path, string Bundle, string Certificate) NamesOf(CaFolder files, string caName) =>
        (files.BundlePath(caName), InputFiles.GetDisplayName(files.BundlePath(caName)), InputFiles.GetDisplayName(files.CertificatePath(caName)));
}
