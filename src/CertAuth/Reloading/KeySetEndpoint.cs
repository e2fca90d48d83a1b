#pragma warning disable RS0030 // Uri is banned for text that is compared. Here it is an address to fetch.
namespace CertAuth.Reloading;

/// <summary>The https address of a JWK set, and the client that fetches it. Immutable; validated when it is opened.</summary>
public sealed record KeySetEndpoint
{
    /// <summary>Gets the address: absolute, https, without user information. Its query is sent but never logged.</summary>
    public required Uri Address { get; init; }

    /// <summary>Gets the client that fetches the set, for example through an HTTP proxy or from a server whose CA is private. The caller
    /// disposes it. Default: null, a client of the library that trusts the CAs of the machine and follows up to 3 redirects on the same
    /// host.</summary>
    /// <remarks>A response from another host, port or scheme is rejected, even if the client follows redirects itself. The host of a
    /// response is that of <see cref="HttpResponseMessage.RequestMessage"/>, which the handlers of the base library set. A custom handler
    /// that creates responses, such as one in a test, must set it to the request; otherwise the response is rejected.</remarks>
    public HttpClient? Client { get; init; }

    internal void ThrowIfInvalid()
    {
        if (Address is not { IsAbsoluteUri: true, Scheme: "https", Host.Length: > 0, UserInfo: "" })
        {
            throw new ArgumentException(
                $"{nameof(KeySetEndpoint)}: {nameof(Address)} must be an absolute https address without user information.");
        }
    }
}
