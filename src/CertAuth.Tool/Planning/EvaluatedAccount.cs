namespace CertAuth.Tool.Planning;

/// <summary>An account and the outcome for it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Verdict">The outcome.</param>
internal sealed record EvaluatedAccount(AccountEntry Account, AccountVerdict Verdict);
