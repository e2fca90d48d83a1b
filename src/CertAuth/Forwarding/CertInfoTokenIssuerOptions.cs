namespace CertAuth.Forwarding;

/// <summary>Options for <see cref="CertInfoTokenIssuer"/>.</summary>
/// <remarks>They are checked when an issuer is created. Two options are equal if all properties are equal. Immutable; safe for concurrent
/// use.</remarks>
public sealed record CertInfoTokenIssuerOptions
{
    /// <summary>Gets the format of the tokens. Default: <see cref="CertInfoTokenFormat.SharedKey"/>.</summary>
    public CertInfoTokenFormat Format { get; init; } = CertInfoTokenFormat.SharedKey;

    /// <summary>Gets the lifetime of the tokens in whole seconds, from 1 to 300 seconds. Default: 60 seconds.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets the clock. Default: <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is out of range. The message names every such option.</exception>
    internal void ThrowIfInvalid()
    {
        List<string> problems = [];
        if (Format is not (CertInfoTokenFormat.SharedKey or CertInfoTokenFormat.ProxyKey))
            problems.Add($"{nameof(Format)} must be a defined format, but is {(int)Format}.");
        if (Lifetime < TimeSpan.FromSeconds(1) || Lifetime > TimeSpan.FromSeconds(ForwardingBounds.MaxLifetimeSeconds)
            || Lifetime.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            problems.Add(
                $"{nameof(Lifetime)} must be in whole seconds, from 1 to {ForwardingBounds.MaxLifetimeSeconds} seconds, "
                + $"but is {Lifetime}.");
        }

        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(CertInfoTokenIssuerOptions)}: {string.Join(' ', problems)}");
    }
}
