using System.Net.Security;
using System.Security.Authentication;
using CertAuth.Requirements;
using CertAuth.Tool.Certificates;

namespace CertAuth.Tool.Planning;

/// <summary>Decides for accounts whether a certificate of the folder would let them in.</summary>
/// <remarks>Ciphers are no matter of certificates: a suite that the account demands is taken as negotiated.</remarks>
internal sealed class AccountJudge(IReadOnlyList<FolderCertificate> certificates)
{
    private readonly CertificateIndex _index = new(certificates);

    // Thousands of accounts demand the same.
    private readonly Dictionary<LoginRequirement, AccountVerdict> _verdicts = [];

    internal AccountVerdict Judge(LoginRequirement requirement)
    {
        if (!_verdicts.TryGetValue(requirement, out AccountVerdict? verdict))
            _verdicts[requirement] = verdict = Decide(requirement);
        return verdict;
    }

    private AccountVerdict Decide(LoginRequirement requirement)
    {
        if (requirement.Kind is RequirementKind.None or RequirementKind.Ssl)
            return new(AccountOutcome.Unaffected, null, []);

        FolderCertificate[] named = [.. _index.Find(requirement).Where(certificate => Matching.IsMetByNames(requirement, certificate.Content.Leaf))];
        if (named.Length == 0)
            return new(AccountOutcome.NoCertificate, null, []);

        ILookup<bool, FolderCertificate> byNew = named.ToLookup(certificate => IsLetIn(requirement, certificate.New));
        FolderCertificate[] lost = [.. byNew[false].Where(certificate => certificate.Old is null || IsLetIn(requirement, certificate.Old))];
        if (byNew[true].FirstOrDefault() is not { } keeps)
            return lost.Length > 0 ? new(AccountOutcome.LockedOut, null, lost) : new(AccountOutcome.OutAlready, null, named);

        // No bundle brings back what is itself out of date: beside a certificate that works it is litter. An expired CA is the bundle's doing.
        lost = [.. lost.Where(certificate => certificate.IsInDate)];
        return new(lost.Length > 0 ? AccountOutcome.LosesCertificate : AccountOutcome.Kept, keeps, lost);
    }

    private static bool IsLetIn(LoginRequirement requirement, PathVerdict verdict) => verdict.Verified is { } verified && requirement.Evaluate(new()
    {
        Protocol = SslProtocols.Tls13,
        CipherSuite = requirement.Ciphers is [TlsCipherSuite first, ..] ? first : TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        ClientCertificateRequested = true,
        ClientCertificate = verified,
    }) == FailureReason.None;
}
