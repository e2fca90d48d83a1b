using System.Globalization;
using CertAuth.Certificates;
using CertAuth.Reloading;

namespace CertAuth.Soak.Exercises;

/// <summary>One kind of material: makes generations of its files, keeps it up to date, and logs in with it.</summary>
internal abstract class Exercise : IDisposable
{
    /// <summary>For how many generations, its own included, a CA or a key stands in the files: whoever began a login with one succeeds.</summary>
    internal const int Overlap = 4;

    internal abstract string Name { get; }

    /// <summary>The generation in use; of two the older.</summary>
    internal abstract int InUse { get; }

    /// <summary>The files of the next generation.</summary>
    internal abstract IReadOnlyList<FileContent> Make(int generation);

    /// <summary>Opens what stands in the folder.</summary>
    internal abstract Task OpenAsync(string folder, ReloadOptions options);

    /// <summary>Looks for something newer now.</summary>
    internal abstract Task<ReloadResult[]> ReloadAsync();

    /// <summary>One login, begun at a moment.</summary>
    internal abstract LoginVerdict LogIn(LoginMoment moment);

    /// <summary>Whether the start of a file would be taken for a whole one; then only the settle delay keeps it from being used.</summary>
    internal virtual bool IsUsable(ReadOnlySpan<byte> start) => false;

    /// <summary>Where to tear a file.</summary>
    internal virtual int FindTear(ReadOnlySpan<byte> content, Random random) => random.Next(content.Length);

    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool isDisposing);

    protected static string NameOf(int generation) => string.Create(CultureInfo.InvariantCulture, $"g{generation}");

    /// <summary>The generation that a certificate's common name tells; -1 for none.</summary>
    protected static int GenerationOf(ParsedCertificate certificate)
    {
        string subject = ParsedCertificate.DescribeName(certificate.SubjectDer.Span);
        int at = subject.LastIndexOf("CN=g", StringComparison.Ordinal);
        return at >= 0 && int.TryParse(subject.AsSpan(at + 4), NumberStyles.None, CultureInfo.InvariantCulture, out int generation) ? generation : -1;
    }
}

/// <summary>One file of a generation.</summary>
internal sealed record FileContent(string Name, byte[] Content);

/// <summary>What was known when a login began.</summary>
/// <param name="Seen">The newest generation that was seen in use.</param>
/// <param name="Written">The newest generation that was written whole.</param>
/// <param name="Count">How many logins were before it.</param>
internal readonly record struct LoginMoment(int Seen, int Written, long Count);

/// <summary>What became of a login.</summary>
internal enum LoginOutcome
{
    None = 0,
    Accepted = 1,
    Failed = 2,
    Mixed = 3,
}

/// <summary>What became of a login, and why.</summary>
internal readonly record struct LoginVerdict(LoginOutcome Outcome, string? Problem)
{
    internal static LoginVerdict Accepted { get; } = new(LoginOutcome.Accepted, null);

    internal static LoginVerdict Failed(string problem) => new(LoginOutcome.Failed, problem);

    internal static LoginVerdict Mixed(string problem) => new(LoginOutcome.Mixed, problem);
}
