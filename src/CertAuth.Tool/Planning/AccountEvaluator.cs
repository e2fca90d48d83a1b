using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Certificates;
using CertAuth.Requirements;
using CertAuth.Tool.Certificates;

namespace CertAuth.Tool.Planning;

/// <summary>Decides whether the clients of an account can log in with the certificates of a folder.</summary>
/// <remarks>The cipher suite does not depend on the certificate, so the evaluation assumes, for each alternative, one that it
/// accepts.</remarks>
internal sealed class AccountEvaluator(IReadOnlyList<FolderCertificate> certificates)
{
    private readonly CertificateIndex _index = new(certificates);

    // Thousands of accounts may have the same clause.
    private readonly Dictionary<LoginRequirement, AccountVerdict> _verdicts = [];

    /// <summary>Evaluates the clause of an account.</summary>
    internal AccountVerdict Evaluate(LoginRequirement requirement)
    {
        if (!_verdicts.TryGetValue(requirement, out AccountVerdict? verdict))
            _verdicts[requirement] = verdict = EvaluateCore(requirement);
        return verdict;
    }

    /// <summary>Returns the sentences that say why a verified certificate does not meet a clause. It must not meet it.</summary>
    internal static string ExplainMismatch(LoginRequirement requirement, VerifiedCertificate verified)
    {
        TlsConnectionInfo connection = CreateConnection(GetSuites(requirement).First(), verified);
        return DecidingAlternative.FindOrNull(requirement.Explain(connection), requirement.Evaluate(connection))!
            .First(check => !check.IsMet).ToString();
    }

    private AccountVerdict EvaluateCore(LoginRequirement requirement)
    {
        if (requirement.Kind is RequirementKind.None or RequirementKind.Ssl)
            return new(AccountOutcome.NoCertificateRequired, null, []);

        FolderCertificate[] named =
        [
            .. _index.Find(requirement).Where(certificate => CertificateMatching.Matches(requirement, certificate.Content.Leaf)),
        ];
        if (named.Length == 0)
            return new(AccountOutcome.NoMatchingCertificate, null, []);

        ILookup<bool, FolderCertificate> byNew = named.ToLookup(certificate => IsAccepted(requirement, certificate.New));
        FolderCertificate[] lost = [.. byNew[false].Where(one => one.Old is null || IsAccepted(requirement, one.Old))];
        if (byNew[true].FirstOrDefault() is not { } remaining)
            return lost.Length > 0 ? new(AccountOutcome.LockedOut, null, lost) : new(AccountOutcome.AlreadyLockedOut, null, named);

        // Another certificate is accepted. It has probably replaced each lost certificate that is outside its own validity period, so these
        // do not count. A certificate that is lost because its CA has expired counts.
        lost = [.. lost.Where(certificate => certificate.IsWithinValidity)];
        return new(lost.Length > 0 ? AccountOutcome.LosesCertificate : AccountOutcome.Unchanged, remaining, lost);
    }

    private static bool IsAccepted(LoginRequirement requirement, PathVerdict verdict) => verdict.Verified is { } verified
        && GetSuites(requirement).Any(suite => requirement.Evaluate(CreateConnection(suite, verified)) == RejectionReason.None);

    // For each alternative, a suite that it accepts.
    private static IEnumerable<TlsCipherSuite> GetSuites(LoginRequirement requirement) => requirement.Alternatives
        .Select(alternative => alternative.Find<CipherOption>()?.Suites[0] ?? TlsCipherSuite.TLS_AES_256_GCM_SHA384)
        .DefaultIfEmpty(TlsCipherSuite.TLS_AES_256_GCM_SHA384)
        .Distinct();

    private static TlsConnectionInfo CreateConnection(TlsCipherSuite suite, VerifiedCertificate verified) => new()
    {
        Protocol = SslProtocols.Tls13,
        CipherSuite = suite,
        ClientCertificateRequested = true,
        ClientCertificate = verified,
    };
}
