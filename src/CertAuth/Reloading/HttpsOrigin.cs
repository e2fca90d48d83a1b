using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

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
    private readonly string _shownAddress;

    private readonly HttpClient _client;
    private readonly HttpClient? _ownClient;
    private readonly int _maxOctets;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;

    // The tag of the content that was read last, and that content's digest.
    private EntityTagHeaderValue? _tag;
    private ReadOnlyMemory<byte> _tagged;

    internal HttpsOrigin(KeySetEndpoint endpoint, int maxOctets, TimeSpan timeout, TimeProvider clock)
    {
        _address = endpoint.Address;
        _shownAddress = _address.GetLeftPart(UriPartial.Path);
        _ownClient = endpoint.Client is null ? CreateClient() : null;
        _client = endpoint.Client ?? _ownClient!;
        (_maxOctets, _timeout, _clock) = (maxOctets, timeout, clock);
    }

    // A body that ends too early is an error of the transport.
    public bool IsWhole => true;

    public async ValueTask<OriginReading> ReadAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(_timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await FetchAsync(digestInUse, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OriginReading.Failed(string.Create(CultureInfo.InvariantCulture, $"{_shownAddress}: No whole answer in time; at most {_timeout} are given."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidOperationException)
        {
            // What TLS says against a certificate stands inside.
            string cause = e.InnerException is null ? "" : $" {e.GetBaseException().Message}";
            return OriginReading.Failed($"{_shownAddress}: {e.Message}{cause}");
        }
    }

    public void Dispose() => _ownClient?.Dispose();

    private static HttpClient CreateClient()
    {
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            MaxResponseHeadersLength = MaxHeaderKilobytes,
            PooledConnectionLifetime = s_connectionLifetime,
        };
        return new(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private async Task<OriginReading> FetchAsync(ReadOnlyMemory<byte> digestInUse, CancellationToken cancellationToken)
    {
        bool isTagInUse = _tag is not null && !digestInUse.IsEmpty && _tagged.Span.SequenceEqual(digestInUse.Span);
        Uri address = _address;
        for (int redirects = 0; ; redirects++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            if (isTagInUse)
                request.Headers.IfNoneMatch.Add(_tag!);
            using HttpResponseMessage response =
                await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);

            // The caller's own client may have followed redirects.
            if (!IsOnHost(response.RequestMessage?.RequestUri))
                return OriginReading.Failed($"{_shownAddress}: The answer came from another host.");
            if (response.StatusCode == HttpStatusCode.NotModified && isTagInUse)
                return OriginReading.SameAs(digestInUse);
            if (response.StatusCode == HttpStatusCode.OK)
                return await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
                return OriginReading.Failed($"{_shownAddress}: HTTP status {(int)response.StatusCode}.");
            if (redirects == MaxRedirects)
                return OriginReading.Failed($"{_shownAddress}: More than {MaxRedirects} redirects.");

            if (!Uri.TryCreate(address, location, out Uri? next) || !IsOnHost(next))
                return OriginReading.Failed($"{_shownAddress}: It redirects to another host, and that isn't followed: {location}");
            address = next;
        }
    }

    private bool IsOnHost(Uri? address) => address is not null && address.Scheme == _address.Scheme && address.Port == _address.Port
        && string.Equals(address.IdnHost, _address.IdnHost, StringComparison.OrdinalIgnoreCase);

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private async Task<OriginReading> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = new byte[_maxOctets + 1];
        int length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (length > _maxOctets)
            return OriginReading.Failed($"{_shownAddress}: Over {_maxOctets} octets.");

        OriginReading reading = OriginReading.Of([buffer[..length]]);
        bool isTagKept = response.Headers.ETag is { Tag.Length: <= MaxTagLength };
        (_tag, _tagged) = isTagKept ? (response.Headers.ETag, reading.Digest) : (null, default);
        return reading;
    }
}
