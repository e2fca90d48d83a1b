namespace CertAuth.Soak.Exercises;

/// <summary>The generations and the number of logins at the start of a login.</summary>
/// <param name="Seen">The newest generation seen in use.</param>
/// <param name="Written">The newest generation written completely.</param>
/// <param name="Count">The number of previous logins.</param>
internal readonly record struct LoginContext(int Seen, int Written, long Count);
