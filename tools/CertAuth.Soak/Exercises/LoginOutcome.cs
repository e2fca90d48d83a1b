namespace CertAuth.Soak.Exercises;

/// <summary>The outcome of a login.</summary>
internal enum LoginOutcome
{
    None = 0,
    Accepted = 1,
    Failed = 2,

    /// <summary>The login found parts of two generations.</summary>
    Mixed = 3,
}
