namespace CertAuth;

/// <summary>Where the current version of something comes from that may be replaced while logins run: a trust bundle, a server
/// certificate.</summary>
/// <remarks>Implementations are safe for concurrent use. A reader takes <see cref="Current"/> once and works with what it got.</remarks>
/// <typeparam name="T">Something immutable.</typeparam>
public interface ISource<out T>
    where T : class
{
    /// <summary>The current version; never null, never blocks.</summary>
    T Current { get; }
}
