using System.Diagnostics.Metrics;
using CertAuth.Reloading;

namespace CertAuth.Soak;

/// <summary>Counts the reloads of this process by outcome, like the metrics of an application.</summary>
internal sealed class ReloadCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _loaded;
    private long _unchanged;
    private long _failed;

    internal ReloadCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: ReloadMonitor.MeterName, Name: "certauth.material.reloads" })
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) => Count(count, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    public override string ToString() =>
        $"{Volatile.Read(ref _loaded)} loaded, {Volatile.Read(ref _unchanged)} unchanged, {Volatile.Read(ref _failed)} failed";

    private void Count(long count, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag is { Key: "outcome", Value: "loaded" })
                Interlocked.Add(ref _loaded, count);
            else if (tag is { Key: "outcome", Value: "unchanged" })
                Interlocked.Add(ref _unchanged, count);
            else if (tag is { Key: "outcome" })
                Interlocked.Add(ref _failed, count);
        }
    }
}
