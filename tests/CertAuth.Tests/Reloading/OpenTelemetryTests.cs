using CertAuth.Reloading;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace CertAuth.Tests.Reloading;

/// <summary>The metrics as OpenTelemetry exports them in an application.</summary>
/// <remarks>Not parallel to other tests: a monitor that another test disposes would also stop these metrics.</remarks>
[Collection(nameof(OpenTelemetryTests)), CollectionDefinition(nameof(OpenTelemetryTests), DisableParallelization = true)]
public sealed class OpenTelemetryTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly FixedClock _clock = new(s_start);
    private readonly StubMaterialReader _reader = new(s_start);
    private readonly string _prefix = $"{Guid.NewGuid():N}-";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_AreExportedByAMeterProvider()
    {
        using Exporter exporter = new(_prefix);
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(ReloadMonitor.MeterName).AddReader(new BaseExportingMetricReader(exporter)).Build();
        using ReloadMonitor monitor = new();
        GatedOrigin origin = new(StubMaterialReader.Note("first; ; 10"));
        using Reloadable<string> one = await origin.OpenAsync(_reader, Options("one") with { Monitor = monitor });
        using Reloadable<string> two = await origin.OpenAsync(_reader, Options("two") with { Monitor = monitor });
        await one.ReloadAsync(Cancellation);
        await one.ReloadAsync(Cancellation);
        origin.Content = null;
        await two.ReloadAsync(Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(1));

        exporter.Collect(provider).Should().Equal(
            "certauth.material.age material=one 60 s",
            "certauth.material.age material=two 60 s",
            "certauth.material.reloads material=one outcome=loaded 1 {reload}",
            "certauth.material.reloads material=one outcome=unchanged 2 {reload}",
            "certauth.material.reloads material=two outcome=failed 1 {reload}",
            "certauth.material.reloads material=two outcome=loaded 1 {reload}",
            "certauth.material.time_to_expiry material=one 863940 s",
            "certauth.material.time_to_expiry material=two 863940 s");
    }

    [Fact]
    public async Task Metrics_Continue_WhenAnotherMaterialIsDisposed()
    {
        using Exporter exporter = new(_prefix);
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(ReloadMonitor.MeterName).AddReader(new BaseExportingMetricReader(exporter)).Build();
        using ReloadMonitor monitor = new();
        GatedOrigin origin = new(StubMaterialReader.Note("first"));
        Reloadable<string> one = await origin.OpenAsync(_reader, Options("one") with { Monitor = monitor });
        using Reloadable<string> two = await origin.OpenAsync(_reader, Options("two") with { Monitor = monitor });
        exporter.Collect(provider).Where(line => line.Contains(".age ", StringComparison.Ordinal)).Should().Equal(
            "certauth.material.age material=one 0 s", "certauth.material.age material=two 0 s");

        one.Dispose();
        exporter.Collect(provider);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await two.ReloadAsync(Cancellation);

        exporter.Collect(provider).Should().Contain("certauth.material.age material=two 0 s");
        exporter.Collect(provider).Should().Contain("certauth.material.reloads material=two outcome=unchanged 1 {reload}");
    }

    private ReloadOptions Options(string name) =>
        new() { Name = _prefix + name, TimeProvider = _clock, PollInterval = TimeSpan.FromDays(7) };

    /// <summary>Records the exported metrics of materials whose names begin with a prefix, because other tests export metrics
    /// too.</summary>
    private sealed class Exporter(string prefix) : BaseExporter<Metric>
    {
        private readonly List<string> _lines = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (Metric metric in batch)
            {
                foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
                    Write(metric, in point);
            }

            return ExportResult.Success;
        }

        internal string[] Collect(MeterProvider provider)
        {
            _lines.Clear();
            provider.ForceFlush().Should().BeTrue();
            return [.. _lines.Distinct().Order(StringComparer.Ordinal)];
        }

        private void Write(Metric metric, in MetricPoint point)
        {
            List<string> tags = [];
            foreach (KeyValuePair<string, object?> tag in point.Tags)
                tags.Add($"{tag.Key}={tag.Value}");
            string all = string.Join(' ', tags);
            double value = metric.MetricType == MetricType.LongSum ? point.GetSumLong() : point.GetGaugeLastValueDouble();
            if (all.Contains(prefix, StringComparison.Ordinal))
                _lines.Add($"{metric.Name} {all.Replace(prefix, "", StringComparison.Ordinal)} {value} {metric.Unit}");
        }
    }
}
