namespace CertAuth;

/// <summary>Creates sources.</summary>
public static class Source
{
    /// <summary>Creates a source that always returns the given value.</summary>
    /// <param name="value">The value.</param>
    /// <typeparam name="T">An immutable type.</typeparam>
    /// <returns>A source that is safe for concurrent use.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public static ISource<T> Fixed<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return new FixedSource<T>(value);
    }

    private sealed class FixedSource<T>(T value) : ISource<T>
        where T : class
    {
        public T Current => value;
    }
}
