namespace CertAuth.Tests.Support;

/// <summary>A source whose value a test replaces.</summary>
internal sealed class Swappable<T>(T first) : ISource<T>
    where T : class
{
    public T Current { get; set; } = first;
}
