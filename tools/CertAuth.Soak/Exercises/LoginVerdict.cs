namespace CertAuth.Soak.Exercises;

/// <summary>The outcome of a login and its reason.</summary>
internal readonly record struct LoginVerdict(LoginOutcome Outcome, string? Problem)
{
    internal static LoginVerdict Accepted { get; } = new(LoginOutcome.Accepted, null);

    internal static LoginVerdict Failed(string problem) => new(LoginOutcome.Failed, problem);

    internal static LoginVerdict Mixed(string problem) => new(LoginOutcome.Mixed, problem);
}
