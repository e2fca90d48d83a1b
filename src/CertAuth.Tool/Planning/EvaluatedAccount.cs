namespace CertAuth.Tool.Planning;

/// <summary>An account and the effect of the new trust bundle on it.</summary>
/// <param name="Account">The account.</param>
/// <param name="Verdict">The effect.</param>
internal sealed record EvaluatedAccount(AccountEntry Account, AccountVerdict Verdict);
