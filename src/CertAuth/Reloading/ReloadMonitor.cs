using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace CertAuth.Reloading;

/// <summary>Collects the status and the metrics of reloadable materials.</summary>
/// <remarks>
/// <para>The meter is named <c>CertAuth</c>. Its instruments are <c>certauth.material.reloads</c> (the number of reloads, by
/// <c>material</c> and <c>outcome</c>), <c>certauth.material.age</c> and <c>certauth.material.time_to_expiry</c> (both in seconds, by
/// <c>material</c>; the latter is negative after the expiration).</para>
/// <para>Create one monitor for each process: OpenTelemetry treats the instruments of two monitors as the same, and stops reporting them
/// when the first monitor is disposed. Safe for concurrent use.</para>
/// </remarks>
public sealed class ReloadMonitor : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "CertAuth";

    private const string MaterialTag = "material";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _reloads;
    private ImmutableList<IMonitoredMaterial> _materials = [];

    /// <summary>Initializes a monitor without materials. Pass it in <see cref="ReloadOptions.Monitor"/>.</summary>
    public ReloadMonitor()
    {
        _reloads = _meter.CreateCounter<long>("certauth.material.reloads", "{reload}", "Reloads, by outcome.");
        _meter.CreateObservableGauge(
            "certauth.material.age", MeasureAges, "s", "Time since the last successful reload.");
        _meter.CreateObservableGauge(
            "certauth.material.time_to_expiry",
            MeasureTimesToExpiry,
            "s",
            "Time until the material in use or a part of it expires.");
    }

    /// <summary>Returns the status of each material, in the order in which the materials were opened.</summary>
    public ImmutableArray<MaterialStatus> GetStatus() => [.. Volatile.Read(ref _materials).Select(m => m.Status)];

    /// <summary>Reloads all materials, for example after a signal from the operator. Changes that were written before the call are
    /// loaded.</summary>
    /// <param name="cancellationToken">A token that cancels the waiting, but not the reloads.</param>
    /// <returns>The results, in the order in which the materials were opened.</returns>
    public async Task<ImmutableArray<ReloadResult>> ReloadAllAsync(CancellationToken cancellationToken = default) =>
    [
        .. await Task.WhenAll(Volatile.Read(ref _materials).Select(m => m.ReloadNowAsync()))
            .WaitAsync(cancellationToken).ConfigureAwait(false),
    ];

    /// <summary>Stops the metrics. The materials are still reloaded.</summary>
    public void Dispose() => _meter.Dispose();

    internal void Add(IMonitoredMaterial material) => ImmutableInterlocked.Update(ref _materials, list => list.Add(material));

    internal void Remove(IMonitoredMaterial material) => ImmutableInterlocked.Update(ref _materials, list => list.Remove(material));

    internal void CountReload(string name, ReloadOutcome outcome)
    {
        try
        {
            _reloads.Add(1, new(MaterialTag, name), new("outcome", GetName(outcome)));
        }
#pragma warning disable CA1031 // A listener that throws must end neither a reload nor a login that waits for it.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The reload is not affected.
        }
    }

    private static string GetName(ReloadOutcome outcome) => outcome switch
    {
        ReloadOutcome.Loaded => "loaded",
        ReloadOutcome.Unchanged => "unchanged",
        _ => "failed",
    };

    private IEnumerable<Measurement<double>> MeasureAges() => GetStatus().Select(s => Measure(s, s.Age));

    private IEnumerable<Measurement<double>> MeasureTimesToExpiry() =>
        GetStatus().Where(s => s.TimeToExpiry is not null).Select(s => Measure(s, s.TimeToExpiry!.Value));

    private static Measurement<double> Measure(MaterialStatus status, TimeSpan time) =>
        new(time.TotalSeconds, new KeyValuePair<string, object?>(MaterialTag, status.Name));
}
