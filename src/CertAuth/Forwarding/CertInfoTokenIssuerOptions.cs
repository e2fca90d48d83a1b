namespace CertAuth.Forwarding;

/// <summary>How a proxy vouches for its clients. Immutable; checked when an issuer is built.</summary>
public sealed record CertInfoTokenIssuerOptions
{
    /// <summary>Whose key signs. Default: <see cref="CertInfoTokenFormat.SharedKey"/>.</summary>
    public CertInfoTokenFormat Format { get; init; } = CertInfoTokenFormat.SharedKey;

    /// <summary>For how long a token is valid, whole seconds from 1 to 300. Default: 60 seconds.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void ThrowIfInvalid()
    {
        List<string> problems = [];
        if (Format is not (CertInfoTokenFormat.SharedKey or CertInfoTokenFormat.ProxyKey))
            problems.Add($"{nameof(Format)} must name a form, but is {(int)Format}.");
        if (Lifetime < TimeSpan.FromSeconds(1) || Lifetime > TimeSpan.FromSeconds(CertInfoRules.MaxLifetimeSeconds)
            || Lifetime.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            problems.Add($"{nameof(Lifetime)} must be whole seconds from 1 to {CertInfoRules.MaxLifetimeSeconds}, but is {Lifetime}.");
        }

        if (TimeProvider is null)
            problems.Add($"{nameof(TimeProvider)} must not be null.");
        if (problems.Count > 0)
            throw new ArgumentException($"{nameof(CertInfoTokenIssuerOptions)}: {string.Join(' ', problems)}");
    }
}
