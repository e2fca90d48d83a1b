using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Trust;

namespace CertAuth.Tool.Planning;

/// <summary>The client certificates of a folder, verified with the trust bundles of a plan.</summary>
internal sealed class CertificateFolder
{
    // Larger than any certificate with as many intermediates as a client may send.
    private const long MaxFileMebibytes = 16;

    private CertificateFolder(IReadOnlyList<FolderCertificate> certificates, IReadOnlyList<(string File, string Problem)> skipped) =>
        (Certificates, Skipped) = (certificates, skipped);

    /// <summary>Gets the certificates without duplicates, sorted by file name.</summary>
    internal IReadOnlyList<FolderCertificate> Certificates { get; }

    /// <summary>Gets the files without a certificate, such as keys, the duplicates and the subfolders.</summary>
    internal IReadOnlyList<(string File, string Problem)> Skipped { get; }

    /// <summary>Reads a folder and verifies each certificate.</summary>
    /// <exception cref="UserErrorException">The folder cannot be read or contains no certificate.</exception>
    internal static CertificateFolder Read(
        string folder,
        Input input,
        ImmutableArray<ReadOnlyMemory<byte>> intermediates,
        TrustBundle next,
        TrustBundle? old,
        DateTimeOffset now,
        ProgressLine progress)
    {
        string[] files = ListFiles(folder);
        Dictionary<string, FolderCertificate> certificates = new(StringComparer.Ordinal);
        List<(string, string)> skipped = [.. ListSubfolders(folder).Select(name => (name, "is a folder, which is not searched."))];
        for (int i = 0; i < files.Length; i++)
        {
            progress.Report("certificates", i, files.Length);
            string name = Path.GetFileName(files[i]);
            if (!TryRead(files[i], input, out CertificateFile? content, out string? problem))
                skipped.Add((name, problem));
            else if (certificates.TryGetValue(GetKey(content), out FolderCertificate? same)
                && same.Content.Others.Length >= content.Others.Length)
                skipped.Add((name, $"contains the same certificate as {same.FileName}."));
            else
                certificates[GetKey(content)] = Verify(name, content);
        }

        if (certificates.Count == 0)
            throw new UserErrorException($"{TerminalText.Escape(folder)} contains no certificate.");
        return new([.. certificates.Values.OrderBy(certificate => certificate.FileName, StringComparer.Ordinal)], skipped);

        FolderCertificate Verify(string name, CertificateFile content) => new(name, content)
        {
            IsWithinValidity = now >= content.Leaf.NotBefore && now - content.Leaf.NotAfter < TimeSpan.FromSeconds(1),
            New = VerifyPath(content, intermediates, next),
            Old = old is null ? null : VerifyPath(content, intermediates, old),
        };
    }

    private static string[] ListFiles(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserErrorException($"{TerminalText.Escape(folder)} cannot be read; specify a folder of certificates.");
        }
    }

    // Hidden folders are not reported. A Kubernetes secret volume has some, in order to replace all files at once.
    private static IEnumerable<string> ListSubfolders(string folder) => Directory.EnumerateDirectories(folder)
        .Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal);

    private static bool TryRead(
        string path, Input input, [NotNullWhen(true)] out CertificateFile? content, [NotNullWhen(false)] out string? problem)
    {
        content = null;
        try
        {
            // The length of a pipe is 0, and opening it would block until another process writes.
            FileInfo file = new(path);
            long length = (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
            problem = length == 0 ? "is empty."
                : length > MaxFileMebibytes * 1024 * 1024 ? $"exceeds {MaxFileMebibytes} MiB."
                : null;
            return problem is null && CertificateFile.TryRead(input.Read(path), out content, out problem);
        }
        catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
        {
            problem = "cannot be read.";
            return false;
        }
    }

    private static string GetKey(CertificateFile content) => Convert.ToHexString(content.Leaf.Sha256.Span);

    private static PathVerdict VerifyPath(
        CertificateFile content, ImmutableArray<ReadOnlyMemory<byte>> intermediates, TrustBundle bundle)
    {
        ImmutableArray<ReadOnlyMemory<byte>> sent = content.Others.AddRange(intermediates);
        bundle.TryVerify(content.Leaf.Der.Span, sent.AsSpan(), out VerifiedCertificate? verified, out Rejection? rejection);
        return new(verified, rejection);
    }
}
