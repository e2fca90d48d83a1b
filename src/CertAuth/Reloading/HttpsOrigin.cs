using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

#pragma warning disable RS0030 // Uri is banned for text that is compared. Here it is an address to fetch.
namespace CertAuth.Reloading;

/// <summary>Fetches the content of an https address. A request sends the entity tag of the content in use.</summary>
internal sealed class HttpsOrigin : IMaterialOrigin
{
    // Connections are renewed, so that a change in DNS takes effect.
    private static readonly TimeSpan s_connectionLifetime = TimeSpan.FromMinutes(5);

    private readonly Uri _address;

    // The address without its query, which may contain a secret.
    private readonly string _displayAddress;

    private readonly HttpClient _client;
    private readonly HttpClient? _ownClient;
    private readonly int _maxBytes;
    private readonly ReadTimeout _timeout;

    // The entity tag and the digest of the content that was read last.
    private EntityTagHeaderValue? _tag;
    private ReadOnlyMemory<byte> _taggedDigest;

    internal HttpsOrigin(KeySetEndpoint endpoint, int maxBytes, TimeSpan timeout, TimeProvider clock)
    {
        _address = endpoint.Address;
        _displayAddress = _address.GetLeftPart(UriPartial.Path);
        _ownClient = endpoint.Client is null ? CreateClient() : null;
        _client = endpoint.Client ?? _ownClient!;
        (_maxBytes, _timeout) = (maxBytes, new(timeout, clock));
    }

    // If the HTTP client does not detect a truncated body, the JSON parser does.
    public bool IsAtomic => true;

    public async ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken)
    {
        OriginReadResult reading =
            await _timeout.RunAsync(readToken => FetchOrFailAsync(digestInUse, readToken), cancellationToken).ConfigureAwait(false);

        // After a failure, the next request is unconditional.
        if (reading.HasFailed)
            (_tag, _taggedDigest) = (null, default);
        return reading.HasFailed ? OriginReadResult.Failed($"{_displayAddress}: {reading.Problem}") : reading;
    }

    public void Dispose() => _ownClient?.Dispose();

    /// <summary>Creates the library's own client.</summary>
    /// <param name="serverTrust">The policy for the server's certificate; null to trust the CAs of the machine.</param>
    internal static HttpClient CreateClient(X509ChainPolicy? serverTrust = null)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            MaxResponseHeadersLength = ReloadBounds.MaxHeaderKilobytes,
            PooledConnectionLifetime = s_connectionLifetime,
        };
        handler.SslOptions.CertificateChainPolicy = serverTrust;
        return new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private async Task<OriginReadResult> FetchOrFailAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken)
    {
        try
        {
            return await FetchAsync(digestInUse, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            return OriginReadResult.Failed($"The HTTP client canceled the request. {e.Message}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
        {
            // The innermost exception says why TLS rejected a certificate.
            string cause = e.InnerException is null ? "" : $" {e.GetBaseException().Message}";
            return OriginReadResult.Failed($"{e.Message}{cause}");
        }
    }

    private async Task<OriginReadResult> FetchAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken)
    {
        bool isTagInUse = _tag is not null && !digestInUse.IsEmpty && _taggedDigest.Span.SequenceEqual(digestInUse.Span);
        Uri address = _address;
        for (int redirects = 0; ; redirects++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            if (isTagInUse)
                request.Headers.IfNoneMatch.Add(_tag!);
            using HttpResponseMessage response =
                await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

            // The application's client may have followed redirects, and its handler may not state the address of the response.
            if (response.RequestMessage?.RequestUri is not { } responseAddress)
                return OriginReadResult.Failed("The handler of the HttpClient did not set HttpResponseMessage.RequestMessage.");
            if (!IsSameHost(responseAddress))
                return OriginReadResult.Failed("The response came from another host, port or scheme.");
            if (response.StatusCode == HttpStatusCode.NotModified && isTagInUse)
                return OriginReadResult.NotModified(digestInUse);
            if (response.StatusCode == HttpStatusCode.OK)
                return await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
                return OriginReadResult.Failed($"The server responded with HTTP status {(int)response.StatusCode}.");
            if (redirects == ReloadBounds.MaxRedirects)
                return OriginReadResult.Failed($"There were more than {ReloadBounds.MaxRedirects} redirects.");

            if (!Uri.TryCreate(address, location, out Uri? next) || !IsSameHost(next))
            {
                // The query of the redirect may repeat the secret of the address.
                return OriginReadResult.Failed(
                    $"A redirect to another host, port or scheme is not followed: {next?.GetLeftPart(UriPartial.Path)}");
            }

            address = next;
        }
    }

    private bool IsSameHost(Uri address) => address.Scheme == _address.Scheme && address.Port == _address.Port
        && string.Equals(address.IdnHost, _address.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private async Task<OriginReadResult> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[_maxBytes + 1];
        int length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length > _maxBytes)
            return OriginReadResult.Failed($"The response is longer than {_maxBytes} bytes.");

        OriginReadResult reading = OriginReadResult.FromFiles([buffer[..length]]);

        // RFC 9110, 8.8.3 allows bytes outside ASCII, which the HTTP client cannot send back.
        bool isTagKept = response.Headers.ETag is { Tag.Length: <= ReloadBounds.MaxTagLength } tag && Ascii.IsValid(tag.Tag);
        (_tag, _taggedDigest) = isTagKept ? (response.Headers.ETag, reading.Digest) : (null, default);
        return reading;
    }
}
