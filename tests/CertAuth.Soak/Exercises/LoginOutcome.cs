namespace CertAuth.Soak.Exercises;

/// <summary>The outcome of a login.</summary>
internal enum LoginOutcome
{
    None = 0,
    Accepted = 1,
    Failed = 2,
    Mixed = 3,
}
