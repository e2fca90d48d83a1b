using System.Globalization;
using CertAuth.Certificates;
using CertAuth.Reloading;

namespace CertAuth.Soak.Exercises;

/// <summary>One kind of material. It creates generations of its files, reloads them, and logs in with them.</summary>
internal abstract class Exercise : IDisposable
{
    /// <summary>The number of consecutive generations whose files contain the same CA or key, so that a login that started with it
    /// succeeds.</summary>
    internal const int Overlap = 4;

    /// <summary>Gets the name of the material in the table.</summary>
    internal abstract string Name { get; }

    /// <summary>Gets the generation in use; the older one if the parts of the material are of two.</summary>
    internal abstract int InUse { get; }

    /// <summary>Creates the files of a generation.</summary>
    internal abstract IReadOnlyList<FileContent> CreateFiles(int generation);

    /// <summary>Opens the files of the folder.</summary>
    internal abstract Task OpenAsync(string folder, ReloadOptions options);

    /// <summary>Reloads the material now.</summary>
    internal abstract Task<ReloadResult[]> ReloadAsync();

    /// <summary>Logs in once.</summary>
    internal abstract LoginVerdict LogIn(LoginContext context);

    /// <summary>Returns whether a truncated file is valid, so that only the settle delay prevents its use.</summary>
    internal virtual bool IsUsable(ReadOnlySpan<byte> start) => false;

    /// <summary>Returns the position at which to interrupt the writing of a file.</summary>
    internal virtual int FindInterruption(ReadOnlySpan<byte> content, Random random) => random.Next(content.Length);

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool isDisposing);

    protected static string GetName(int generation) => string.Create(CultureInfo.InvariantCulture, $"g{generation}");

    /// <summary>Returns the generation that a certificate's common name contains; -1 if there is none.</summary>
    protected static int GetGeneration(ParsedCertificate certificate)
    {
        string subject = ParsedCertificate.DescribeName(certificate.SubjectDer.Span);
        int at = subject.LastIndexOf("CN=g", StringComparison.Ordinal);
        return at >= 0 && int.TryParse(subject.AsSpan(at + 4), NumberStyles.None, CultureInfo.InvariantCulture, out int generation)
            ? generation
            : -1;
    }
}
