using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Security.Cryptography;

namespace CertAuth.ColdStart.Probes;

/// <summary>The first login of this process, in three steps, each with its time.</summary>
/// <remarks>Each probe is a class of its own, so that nothing of the others is loaded.</remarks>
internal abstract class Probe
{
    /// <summary>All probes: the floor, what is ours, the peers.</summary>
    internal static string[] Names { get; } = ["bare", "token", "cert-info", "certificate", "X509Chain", "JsonWebTokens"];

    /// <summary>Runs one and prints the milliseconds of each step, those of them that the JIT took, and how many methods it compiled; the exit code is 0 where the login was accepted.</summary>
    internal static int Run(string name, string folder)
    {
        Probe? probe = Find(name, new(folder));
        if (probe is null)
            return 2;

        // 1. Whoever did a handshake has loaded OpenSSL.
        long start = Stopwatch.GetTimestamp();
        SHA256.HashData([]);
        TimeSpan native = Stopwatch.GetElapsedTime(start);

        // 2. From bytes to what is ready to decide.
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

    /// <summary>Reads all material that is needed, and makes what decides.</summary>
    protected abstract void Prepare();

    /// <summary>Decides once, and says whether the login is accepted.</summary>
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
