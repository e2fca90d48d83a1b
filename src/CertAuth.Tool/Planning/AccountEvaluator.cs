using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Requirements;
using CertAuth.Tool.Certificates;

namespace CertAuth.Tool.Planning;

/// <summary>Decides for accounts whether a certificate of the folder would let them in.</summary>
/// <remarks>Ciphers are no matter of certificates: a suite that the account demands is taken as negotiated.</remarks>
internal sealed class AccountEvaluator(IReadOnlyList<FolderCertificate> certificates)
{
    private readonly CertificateIndex _index = new(certificates);

    // Thousands of accounts demand the same.
    private readonly Dictionary<LoginRequirement, AccountVerdict> _verdicts = [];

    internal AccountVerdict Evaluate(LoginRequirement requirement)
    {
        if (!_verdicts.TryGetValue(requirement, out AccountVerdict? verdict))
            _verdicts[requirement] = verdict = EvaluateCore(requirement);
        return verdict;
    }

    private AccountVerdict EvaluateCore(LoginRequirement requirement)
    {
        if (requirement.Kind is RequirementKind.None or RequirementKind.Ssl)
            return new(AccountOutcome.Unaffected, null, []);

        FolderCertificate[] named = [.. _index.Find(requirement).Where(certificate => NameMatching.MatchesNames(requirement, certificate.Content.Leaf))];
        if (named.Length == 0)
            return new(AccountOutcome.NoCertificate, null, []);

        ILookup<bool, FolderCertificate> byNew = named.ToLookup(certificate => IsAccepted(requirement, certificate.New));
        FolderCertificate[] lost = [.. byNew[false].Where(certificate => certificate.Old is null || IsAccepted(requirement, certificate.Old))];
        if (byNew[true].FirstOrDefault() is not { } keeps)
            return lost.Length > 0 ? new(AccountOutcome.LockedOut, null, lost) : new(AccountOutcome.AlreadyLockedOut, null, named);

        // No bundle brings back what is itself out of date: beside a certificate that works it is litter. An expired CA is the bundle's doing.
        lost = [.. lost.Where(certificate => certificate.IsWithinValidity)];
        return new(lost.Length > 0 ? AccountOutcome.LosesCertificate : AccountOutcome.Unchanged, keeps, lost);
    }

    private static bool IsAccepted(LoginRequirement requirement, PathVerdict verdict) => verdict.Verified is { } verified && requirement.Evaluate(new()
    {
        Protocol = SslProtocols.Tls13,
        CipherSuite = requirement.Ciphers is [TlsCipherSuite first, ..] ? first : TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        ClientCertificateRequested = true,
        ClientCertificate = verified,
    }) == RejectionReason.None;
}
