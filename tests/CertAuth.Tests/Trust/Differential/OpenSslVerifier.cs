using System.Globalization;
using System.Text.RegularExpressions;

namespace CertAuth.Tests.Trust.Differential;

/// <summary>Verifies many chains in one process of <c>openssl verify -purpose sslclient</c>. Each chain has unique names.</summary>
internal sealed partial class OpenSslVerifier : IDisposable
{
    private readonly OpenSsl _openSsl = new();

    public void Dispose() => _openSsl.Dispose();

    /// <summary>Returns the errors of each chain, separated by commas; empty if it is accepted.</summary>
    internal string[] Verify(IReadOnlyList<BuiltChain> chains)
    {
        string roots = _openSsl.File("roots.pem", string.Concat(chains.Select(c => c.Root.Pem)));
        string sent = _openSsl.File("sent.pem", string.Concat(chains.SelectMany(c => c.Sent.Append(c.Leaf)).Select(c => c.Pem)));
        string[] leaves = [.. chains.Select((c, i) => _openSsl.File($"leaf-{i}.pem", c.Leaf.Pem))];
        string time = ChainPlan.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        (_, string output) = _openSsl.Run(
        [
            "verify", "-no-CApath", "-no-CAstore", "-purpose", "sslclient", "-attime", time, "-CAfile", roots,
            "-untrusted", sent, .. leaves,
        ]);
        return Parse(output, leaves.Length);
    }

    // "leaf-7.pem: OK", or "error 20 at 0 depth lookup: text" for each error and then "error leaf-7.pem: verification failed".
    private static string[] Parse(string output, int count)
    {
        string?[] verdicts = new string?[count];
        SortedSet<string> errors = new(StringComparer.Ordinal);
        foreach (string line in output.Split('\n'))
        {
            if (Accepted().Match(line) is { Success: true } accepted)
            {
                verdicts[int.Parse(accepted.Groups[1].Value, CultureInfo.InvariantCulture)] = "";
            }
            else if (Rejected().Match(line) is { Success: true } rejected)
            {
                verdicts[int.Parse(rejected.Groups[1].Value, CultureInfo.InvariantCulture)] = string.Join(", ", errors);
                errors.Clear();
            }
            else if (Error().Match(line) is { Success: true } error)
            {
                errors.Add(error.Groups[1].Value);
            }
        }

        return [.. verdicts.Select(v => v ?? throw new InvalidOperationException($"A verdict is missing: {output}"))];
    }

    [GeneratedRegex(@"^leaf-(\d+)\.pem: OK$")]
    private static partial Regex Accepted();

    [GeneratedRegex(@"^error leaf-(\d+)\.pem: verification failed$")]
    private static partial Regex Rejected();

    [GeneratedRegex(@"^error \d+ at \d+ depth lookup: (.*)$")]
    private static partial Regex Error();
}
