namespace CertAuth.Signing;

/// <summary>The options of reading signing certificates. Immutable; validated where they are used.</summary>
public sealed record SigningOptions
{
    /// <summary>Gets the clock that decides whether a certificate is valid. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Returns the clock of the options; that of the system if there are no options.</summary>
    /// <exception cref="ArgumentException">An option is null.</exception>
    internal static TimeProvider GetClock(SigningOptions? options) => options is null ? TimeProvider.System
        : options.TimeProvider ?? throw new ArgumentException($"{nameof(SigningOptions)}: {nameof(TimeProvider)} must not be null.");
}
