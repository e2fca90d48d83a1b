namespace CertAuth.Tests.Support;

/// <summary>A source with a value that a test can replace.</summary>
internal sealed class ReplaceableSource<T>(T first) : ISource<T>
    where T : class
{
    public T Current { get; set; } = first;
}
