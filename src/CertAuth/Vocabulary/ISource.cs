namespace CertAuth;

/// <summary>A source of the current version of a value that can be replaced while logins run, such as a trust bundle or a server
/// certificate.</summary>
/// <remarks>Implementations are safe for concurrent use. A caller reads <see cref="Current"/> once for each operation, so that the
/// operation works with one version.</remarks>
/// <typeparam name="T">An immutable type.</typeparam>
public interface ISource<out T>
    where T : class
{
    /// <summary>Gets the current version; never null. Does not block.</summary>
    T Current { get; }
}
