#pragma warning disable RS0030 // An address to fetch, not a name to compare.
namespace CertAuth.Reloading;

/// <summary>Where a JWK Set is fetched. Immutable; checked when it is opened.</summary>
public sealed record KeySetEndpoint
{
    /// <summary>The address; https alone. Required.</summary>
    public required Uri Address { get; init; }

    /// <summary>The client that fetches, for a CA or a proxy of one's own; it stays the caller's. Default: null, one that trusts what the machine trusts
    /// and follows up to 3 redirects on the same host. One of the caller's own may follow redirects by itself: a response from another host
    /// is rejected all the same.</summary>
    /// <remarks>The host of a response is that of <see cref="HttpResponseMessage.RequestMessage"/>, which the base library's handlers set.
    /// A handler that answers by itself, in a test for example, must set it to the request; otherwise the response is rejected.</remarks>
    public HttpClient? Client { get; init; }

    internal void ThrowIfInvalid()
    {
        if (Address is not { IsAbsoluteUri: true, Scheme: "https", Host.Length: > 0, UserInfo: "" })
            throw new ArgumentException($"{nameof(KeySetEndpoint)}: {nameof(Address)} must be an absolute https address without user information.");
    }
}
