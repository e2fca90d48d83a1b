namespace CertAuth;

/// <summary>A source whose value never changes.</summary>
/// <typeparam name="T">Something immutable.</typeparam>
public sealed class FixedSource<T> : ISource<T>
    where T : class
{
    /// <summary>A source of this one value.</summary>
    public FixedSource(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Current = value;
    }

    /// <inheritdoc/>
    public T Current { get; }
}
