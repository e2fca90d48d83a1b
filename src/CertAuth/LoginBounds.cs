namespace CertAuth;

/// <summary>The bound of a server's options. docs/bounds.md states what happens beyond it.</summary>
internal static class LoginBounds
{
    /// <summary>The maximum of <see cref="ServerTlsOptions.MaxHandshakesPerAddress"/>.</summary>
    // More would let one address occupy the server.
    internal const int MaxHandshakesPerAddress = 1000;
}
