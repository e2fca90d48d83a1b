using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;

#pragma warning disable RS0030 // An address to fetch, not a name to compare.
namespace CertAuth.Reloading;

/// <summary>A file at an https address.</summary>
internal sealed class HttpsOrigin : IMaterialOrigin
{
    /// <summary>Most redirects that are followed, all on one host.</summary>
    internal const int MaxRedirects = 3;

    private const int MaxHeaderKilobytes = 32;
    private const int MaxTagLength = 1024;

    // A pooled connection is not kept for ever, so that a changed address in the DNS is seen.
    private static readonly TimeSpan s_connectionLifetime = TimeSpan.FromMinutes(5);

    private readonly Uri _address;

    // Without a query, which may hold a secret.
    private readonly string _displayAddress;

    private readonly HttpClient _client;
    private readonly HttpClient? _ownClient;
    private readonly int _maxBytes;
    private readonly ReadTimeout _timeout;

    // The tag of the content that was read last, and that content's digest.
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

    // Where the transport doesn't tell that a body ended too early, JSON that isn't closed does.
    public bool IsAtomic => true;

    public async ValueTask<OriginReadResult> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken)
    {
        OriginReadResult reading = await _timeout.RunAsync(end => FetchOrFailAsync(digestInUse, end), cancellationToken).ConfigureAwait(false);

        // Whatever was wrong, the next request is a plain one.
        if (reading.HasFailed)
            (_tag, _taggedDigest) = (null, default);
        return reading.HasFailed ? OriginReadResult.Failed($"{_displayAddress}: {reading.Problem}") : reading;
    }

    public void Dispose() => _ownClient?.Dispose();

    /// <summary>The library's own client.</summary>
    /// <param name="serverTrust">Whom it trusts; null for whom the machine trusts.</param>
    internal static HttpClient CreateClient(X509ChainPolicy? serverTrust = null)
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
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
            return OriginReadResult.Failed($"The client gave up: {e.Message}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
        {
            // What TLS says against a certificate stands inside.
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

            // The caller's own client may have followed redirects; a handler of the caller's own may not say where the answer is from.
            if (response.RequestMessage?.RequestUri is not { } answered)
                return OriginReadResult.Failed("The handler of the HttpClient left HttpResponseMessage.RequestMessage empty; it must set it.");
            if (!IsSameHost(answered))
                return OriginReadResult.Failed("The answer came from another host.");
            if (response.StatusCode == HttpStatusCode.NotModified && isTagInUse)
                return OriginReadResult.NotModified(digestInUse);
            if (response.StatusCode == HttpStatusCode.OK)
                return await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
                return OriginReadResult.Failed($"HTTP status {(int)response.StatusCode}.");
            if (redirects == MaxRedirects)
                return OriginReadResult.Failed($"More than {MaxRedirects} redirects.");

            if (!Uri.TryCreate(address, location, out Uri? next) || !IsSameHost(next))
                return OriginReadResult.Failed($"It redirects to another host, and that isn't followed: {location}");
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
            return OriginReadResult.Failed($"Over {_maxBytes} octets.");

        OriginReadResult reading = OriginReadResult.FromFiles([buffer[..length]]);

        // RFC 9110, 8.8.3 allows octets beyond ASCII, which can't be sent back.
        bool isTagKept = response.Headers.ETag is { Tag.Length: <= MaxTagLength } tag && Ascii.IsValid(tag.Tag);
        (_tag, _taggedDigest) = isTagKept ? (response.Headers.ETag, reading.Digest) : (null, default);
        return reading;
    }
}
