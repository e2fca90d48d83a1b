namespace CertAuth.Signing;

/// <summary>The options of reading signing certificates. Immutable; validated where they are used.</summary>
public sealed record SigningOptions
{
    /// <summary>Gets the clock. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is null.</exception>
    internal static TimeProvider GetClock(SigningOptions? options) => options is null ? TimeProvider.System
        : options.TimeProvider ?? throw new ArgumentException($"{nameof(SigningOptions)}: {nameof(TimeProvider)} must not be null.");
}
