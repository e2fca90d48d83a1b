using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CertAuth.Reloading;

namespace CertAuth.Tests.Support;

/// <summary>Listens to the meter of CertAuth for materials with a given name prefix. Safe for concurrent use.</summary>
internal sealed class MetricProbe : IDisposable
{
    private const string Reloads = "certauth.material.reloads";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<RecordedMeasurement> _measured = [];
    private readonly string _prefix;

    internal MetricProbe(string prefix)
    {
        _prefix = prefix;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ReloadMonitor.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Store(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Store(instrument, value, tags));
        _listener.Start();
    }

    internal IReadOnlyList<RecordedMeasurement> Measurements => [.. _measured];

    /// <summary>Returns the current values of the gauges. A reload that runs meanwhile is counted, but not returned.</summary>
    internal IReadOnlyList<RecordedMeasurement> Gauge()
    {
        int before = _measured.Count;
        _listener.RecordObservableInstruments();
        return [.. _measured.Skip(before).Where(m => m.Instrument != Reloads)];
    }

    /// <summary>Counts the reloads of a material, optionally those with one outcome.</summary>
    internal double CountReloads(string material, string? outcome = null) => _measured
        .Where(m => m.Instrument == Reloads && m.Material == material)
        .Where(m => outcome is null || m.Tags["outcome"] as string == outcome)
        .Sum(m => m.Value);

    public void Dispose() => _listener.Dispose();

    private void Store(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        RecordedMeasurement measured = new(instrument.Name, instrument.Unit, value, new Dictionary<string, object?>(tags.ToArray()));
        if (measured.Material.StartsWith(_prefix, StringComparison.Ordinal))
            _measured.Enqueue(measured);
    }
}
