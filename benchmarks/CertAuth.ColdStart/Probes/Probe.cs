using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Security.Cryptography;

namespace CertAuth.ColdStart.Probes;

/// <summary>The first login of this process in three timed steps.</summary>
/// <remarks>Each probe is a separate class, so that no types of the others are loaded.</remarks>
internal abstract class Probe
{
    /// <summary>All probes: the baseline, those of CertAuth, and those for comparison.</summary>
    internal static string[] Names { get; } = ["bare", "token", "cert-info", "certificate", "X509Chain", "JsonWebTokens"];

    /// <summary>Runs a probe. Prints the milliseconds of each step, those of the JIT compiler, and the number of methods that it compiled.
    /// Returns 0 if the login was accepted, 1 if it was rejected, and 2 if there is no such probe.</summary>
    internal static int Run(string name, string folder)
    {
        Probe? probe = Find(name, new(folder));
        if (probe is null)
            return 2;

        // 1. Load OpenSSL, which a TLS handshake has already done in a server.
        long start = Stopwatch.GetTimestamp();
        SHA256.HashData([]);
        TimeSpan native = Stopwatch.GetElapsedTime(start);

        // 2. Create the authenticator from bytes.
        TimeSpan jit = JitInfo.GetCompilationTime(currentThread: true);
        long methods = JitInfo.GetCompiledMethodCount(currentThread: true);
        start = Stopwatch.GetTimestamp();
        probe.Prepare();
        TimeSpan prepare = Stopwatch.GetElapsedTime(start);

        // 3. The first decision.
        start = Stopwatch.GetTimestamp();
        bool isAccepted = probe.Decide();
        TimeSpan decide = Stopwatch.GetElapsedTime(start);
        jit = JitInfo.GetCompilationTime(currentThread: true) - jit;
        methods = JitInfo.GetCompiledMethodCount(currentThread: true) - methods;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{native.TotalMilliseconds} {prepare.TotalMilliseconds} {decide.TotalMilliseconds} {jit.TotalMilliseconds} {methods}"));
        return isAccepted ? 0 : 1;
    }

    /// <summary>Reads the material and creates the authenticator.</summary>
    protected abstract void Prepare();

    /// <summary>Decides once. Returns true if the login is accepted.</summary>
    protected abstract bool Decide();

    private static Probe? Find(string name, Material material) => name switch
    {
        "bare" => new BareProbe(material),
        "token" => new TokenProbe(material),
        "cert-info" => new CertInfoProbe(material),
        "certificate" => new CertificateProbe(material),
        "X509Chain" => new X509ChainProbe(material),
        "JsonWebTokens" => new JsonWebTokensProbe(material),
        _ => null,
    };
}
