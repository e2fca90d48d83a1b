using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace CertAuth.Reloading;

/// <summary>Collects the status and the metrics of everything that is kept up to date; one for a process.</summary>
/// <remarks>The meter is named <c>CertAuth</c>; its instruments are <c>certauth.material.reloads</c> (looks, by <c>material</c> and <c>outcome</c>),
/// <c>certauth.material.age</c> and <c>certauth.material.time_to_expiry</c> (seconds, by <c>material</c>; the latter negative after the expiry). Of two
/// monitors in one process OpenTelemetry would take the instruments for the same, and end them with the first that is disposed. Safe for concurrent use.</remarks>
public sealed class ReloadMonitor : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "CertAuth";

    private const string MaterialTag = "material";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _reloads;
    private ImmutableList<IMonitoredMaterial> _materials = [];

    /// <summary>A monitor that watches nothing yet.</summary>
    public ReloadMonitor()
    {
        _reloads = _meter.CreateCounter<long>("certauth.material.reloads", "{reload}", "Looks for something newer, by outcome.");
        _meter.CreateObservableGauge(
            "certauth.material.age", MeasureAges, "s", "Time since a look last found what is in use.");
        _meter.CreateObservableGauge(
            "certauth.material.time_to_expiry", MeasureTimesToExpiry, "s", "Time until what is in use, or the first part of it, expires.");
    }

    /// <summary>The status of each thing that is watched, in the order in which they were opened.</summary>
    public ImmutableArray<MaterialStatus> GetStatus() => [.. Volatile.Read(ref _materials).Select(w => w.Status)];

    /// <summary>Looks for something newer in all of them now, as on a signal of an operator: whatever was written before the call is seen.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the looks.</param>
    /// <returns>What became of it, in the order in which they were opened.</returns>
    public async Task<ImmutableArray<ReloadResult>> ReloadAllAsync(CancellationToken cancellationToken = default) =>
        [.. await Task.WhenAll(Volatile.Read(ref _materials).Select(w => w.ReloadNowAsync())).WaitAsync(cancellationToken).ConfigureAwait(false)];

    /// <summary>Ends the metrics. What is watched goes on.</summary>
    public void Dispose() => _meter.Dispose();

    internal void Add(IMonitoredMaterial material) => ImmutableInterlocked.Update(ref _materials, list => list.Add(material));

    internal void Remove(IMonitoredMaterial material) => ImmutableInterlocked.Update(ref _materials, list => list.Remove(material));

    internal void CountReload(string name, ReloadOutcome outcome)
    {
        try
        {
            _reloads.Add(1, new KeyValuePair<string, object?>(MaterialTag, name), new KeyValuePair<string, object?>("outcome", GetName(outcome)));
        }
#pragma warning disable CA1031 // A listener that throws must end neither a look nor a login that waits for it.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The host's own listener knows best.
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
