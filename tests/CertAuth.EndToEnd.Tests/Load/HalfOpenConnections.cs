using CertAuth.EndToEnd.Tests.Support;

namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>Clients that connect and do not log in: half-open ones, which send nothing, and slow ones.</summary>
internal sealed class HalfOpenConnections(Deployment deployment, Site site) : IAsyncDisposable
{
    private static readonly SlowStage[] s_stages = Enum.GetValues<SlowStage>();
    private readonly List<RawClient> _halfOpen = [];
    private readonly List<RawClient> _slow = [];
    private readonly List<Task<bool>> _sending = [];

    internal int Count => _halfOpen.Count + _slow.Count;

    internal int HalfOpen => _halfOpen.Count;

    /// <summary>Connects half-open clients. Every second one reads the server's first packet.</summary>
    internal async Task ConnectHalfOpenAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            RawClient client = i % 2 == 0
                ? await RawClient.OpenAsync(deployment.Address)
                : await RawClient.ConnectAsync(deployment.Address);
            lock (_halfOpen)
                _halfOpen.Add(client);
        }
    }

    internal async Task ConnectSlowAsync(int ofEachStage)
    {
        for (int i = 0; i < ofEachStage * s_stages.Length; i++)
        {
            SlowStage stage = s_stages[i % s_stages.Length];
            RawClient client = await SlowClient.ConnectAsync(deployment, site, stage, Addresses.Of(i));
            _slow.Add(client);
            _sending.Add(SlowClient.SendSlowlyAsync(client, stage));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _slow.ForEach(client => client.Dispose());
        _halfOpen.ForEach(client => client.Dispose());
        Task all = Task.WhenAll(_sending);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
