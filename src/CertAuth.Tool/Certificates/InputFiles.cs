using System.Collections.Immutable;
using CertAuth.Tool.Cli;
using CertAuth.Trust;

namespace CertAuth.Tool.Certificates;

/// <summary>Reads the certificates and trust bundles that the command line names.</summary>
internal static class InputFiles
{
    /// <summary>Reads a certificate file.</summary>
    /// <exception cref="UserErrorException">The file cannot be read or contains no certificate.</exception>
    internal static CertificateFile ReadCertificate(this Input input, string path) =>
        CertificateFile.TryRead(input.Read(path), out CertificateFile? file, out string? problem) ? file : throw CreateError(path, problem);

    /// <summary>Reads all certificates of several files.</summary>
    /// <exception cref="UserErrorException">A file cannot be read or contains no certificate.</exception>
    internal static ImmutableArray<ReadOnlyMemory<byte>> ReadCertificates(this Input input, IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => ReadAll(input, path))];

    /// <summary>Reads a trust bundle and the revocation lists that belong to it.</summary>
    /// <exception cref="UserErrorException">A file cannot be read, or the bundle or a revocation list is rejected.</exception>
    internal static TrustBundle ReadBundle(this Input input, string path, IEnumerable<string> revocationLists, TimeProvider clock)
    {
        TrustBundleOptions options = new()
        {
            TimeProvider = clock,
            RevocationLists = [.. revocationLists.Select(list => (ReadOnlyMemory<byte>)input.Read(list))],
        };
        if (TrustBundle.TryParse(input.Read(path), options, out TrustBundle? bundle, out TrustBundleError error))
            return bundle;

        string source = error.Kind == TrustBundleErrorKind.MalformedRevocationList ? "--crl" : GetDisplayName(path);
        throw new UserErrorException($"{source}: {TerminalText.Escape(error.ToString())}");
    }

    /// <inheritdoc cref="Input.GetDisplayName"/>
    internal static string GetDisplayName(string path) => Input.GetDisplayName(path);

    private static ImmutableArray<ReadOnlyMemory<byte>> ReadAll(Input input, string path) =>
        CertificateFile.TryReadAll(input.Read(path), out ImmutableArray<ReadOnlyMemory<byte>> all, out string? problem)
            ? all
            : throw CreateError(path, problem);

    private static UserErrorException CreateError(string path, string problem) => new($"{GetDisplayName(path)} {problem}");
}
