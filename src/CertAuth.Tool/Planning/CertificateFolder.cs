using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Certificates;
using CertAuth.Tool.Certificates;
using CertAuth.Tool.Cli;
using CertAuth.Trust;

namespace CertAuth.Tool.Planning;

/// <summary>Reads the certificates of a folder, and verifies each against the bundles.</summary>
internal sealed class CertificateFolder
{
    // The longest certificate with as many intermediates as a peer may send.
    private const long MaxFileBytes = 16 * 1024 * 1024;

    private CertificateFolder(IReadOnlyList<FolderCertificate> certificates, IReadOnlyList<(string File, string Problem)> passedOver) =>
        (Certificates, Skipped) = (certificates, passedOver);

    /// <summary>Each certificate once, by the file's name.</summary>
    internal IReadOnlyList<FolderCertificate> Certificates { get; }

    /// <summary>Files without a certificate, such as keys, and folders.</summary>
    internal IReadOnlyList<(string File, string Problem)> Skipped { get; }

    /// <exception cref="UserErrorException">The folder can't be read, or has no certificate.</exception>
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
        List<(string, string)> passedOver = [.. ListSubfolders(folder).Select(name => (name, "is a folder, and isn't looked into."))];
        for (int i = 0; i < files.Length; i++)
        {
            progress.Report("certificates", i, files.Length);
            string name = Path.GetFileName(files[i]);
            if (!TryRead(files[i], input, out CertificateFile? content, out string? problem))
                passedOver.Add((name, problem));
            else if (certificates.TryGetValue(GetKey(content), out FolderCertificate? twin) && twin.Content.Others.Length >= content.Others.Length)
                passedOver.Add((name, $"has the certificate of {twin.FileName}."));
            else
                certificates[GetKey(content)] = Judge(name, content);
        }

        if (certificates.Count == 0)
            throw new UserErrorException($"{TerminalText.Escape(folder)} has no certificate.");
        return new([.. certificates.Values.OrderBy(certificate => certificate.FileName, StringComparer.Ordinal)], passedOver);

        FolderCertificate Judge(string name, CertificateFile content) => new(name, content)
        {
            IsWithinValidity = now >= content.Leaf.NotBefore && now - content.Leaf.NotAfter < TimeSpan.FromSeconds(1),
            New = Verify(content, intermediates, next),
            Old = old is null ? null : Verify(content, intermediates, old),
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
            throw new UserErrorException($"{TerminalText.Escape(folder)} can't be read: name a folder of certificates.");
        }
    }

    // Not the hidden ones, which are how a file system of secrets changes all its files at once.
    private static IEnumerable<string> ListSubfolders(string folder) =>
        Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal);

    private static bool TryRead(string path, Input input, [NotNullWhen(true)] out CertificateFile? content, [NotNullWhen(false)] out string? problem)
    {
        content = null;
        try
        {
            // A pipe has no length, and opening it would wait for whoever writes.
            FileInfo file = new(path);
            long length = (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length;
            problem = length == 0 ? "is empty." : length > MaxFileBytes ? "is too long." : null;
            return problem is null && CertificateFile.TryRead(input.Read(path), out content, out problem);
        }
        catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
        {
            problem = "can't be read.";
            return false;
        }
    }

    private static string GetKey(CertificateFile content) => Convert.ToHexString(content.Leaf.Sha256.Span);

    private static PathVerdict Verify(CertificateFile content, ImmutableArray<ReadOnlyMemory<byte>> intermediates, TrustBundle bundle)
    {
        bundle.TryVerify(content.Leaf.Der.Span, content.Others.AddRange(intermediates).AsSpan(), out VerifiedCertificate? verified, out Rejection? rejection);
        return new(verified, rejection);
    }
}
