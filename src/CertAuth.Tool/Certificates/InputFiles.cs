using System.Collections.Immutable;
using CertAuth.Tool.Cli;
using CertAuth.Trust;

namespace CertAuth.Tool.Certificates;

/// <summary>Files that a command line names; one that can't be used is a mistake of whoever named it.</summary>
internal static class InputFiles
{
    /// <exception cref="UserErrorException">It has no certificate.</exception>
    internal static CertificateFile ReadCertificate(this Input input, string path) =>
        CertificateFile.TryRead(input.Read(path), out CertificateFile? file, out string? problem) ? file : throw new UserErrorException($"{GetDisplayName(path)} {problem}");

    /// <summary>All certificates of some files, as a peer sends them.</summary>
    /// <exception cref="UserErrorException">A file has none.</exception>
    internal static ImmutableArray<ReadOnlyMemory<byte>> ReadCertificates(this Input input, IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => CertificateFile.TryReadAll(input.Read(path), out ImmutableArray<ReadOnlyMemory<byte>> all, out string? problem)
            ? all : throw new UserErrorException($"{GetDisplayName(path)} {problem}"))];

    /// <exception cref="UserErrorException">It is no bundle, or a revocation list is refused.</exception>
    internal static TrustBundle ReadBundle(this Input input, string path, IEnumerable<string> revocationLists, TimeProvider clock)
    {
        TrustBundleOptions options = new()
        {
            TimeProvider = clock,
            RevocationLists = [.. revocationLists.Select(list => (ReadOnlyMemory<byte>)input.Read(list))],
        };
        if (TrustBundle.TryParse(input.Read(path), options, out TrustBundle? bundle, out TrustBundleError error))
            return bundle;

        string culprit = error.Kind == TrustBundleErrorKind.MalformedRevocationList ? "--crl" : GetDisplayName(path);
        throw new UserErrorException($"{culprit}: {TerminalText.Escape(error.ToString())}");
    }

    internal static string GetDisplayName(string path) => Input.GetDisplayName(path);
}
