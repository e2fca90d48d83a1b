using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>Readers of an application that violate the rules of <see cref="IMaterialReader{T}"/>: the reload fails with a reason, the
/// status is available, and polling continues.</summary>
public sealed class OwnReaderTests : IDisposable
{
    private static readonly ReloadIntervals s_intervals = new(TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(30));

    private readonly FixedClock _clock = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly MemoryOrigin _origin = new() { Content = [1] };
    private readonly OwnReader _reader = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _origin.Dispose();

    // The fault: reload and status threw, and polling stopped.
    [Fact]
    public async Task DefaultArrays_AreEmpty()
    {
        _reader.Make = value => new(value)
        {
            PartExpirations = default,
            PartRenewalDeadlines = default,
            Warnings = default,
            Description = null!,
        };
        using ReloadMonitor monitor = new();
        using Reloadable<string> text = await OpenAsync(monitor);
        text.Status.Warnings.Should().BeEmpty();
        (text.Status.Health, text.Status.ExpiresAt, text.Status.Description).Should().Be((MaterialHealth.Healthy, null, ""));

        _origin.Content = [2];
        (await text.ReloadAsync(Cancellation)).Outcome.Should().Be(ReloadOutcome.Loaded);
        monitor.GetStatus().Should().ContainSingle();
        await UntilPolledAsync(text, [3]);
    }

    [Theory]
    [InlineData("no material")]
    [InlineData("no reason")]
    [InlineData("no merged value")]
    [InlineData("throws in Merge")]
    public async Task FaultyReader_FailsOnlyTheReload(string fault)
    {
        using Reloadable<string> text = await OpenAsync(null);
        _reader.Fault = fault;
        _origin.Content = [2];

        ReloadResult result = await text.ReloadAsync(Cancellation);

        result.Outcome.Should().Be(ReloadOutcome.Failed);
        result.Problem.Should().NotBeNullOrEmpty();
        (text.Current, text.Status.Health, text.Status.Problem).Should().Be(("1", MaterialHealth.Degraded, result.Problem));
        _reader.Fault = "";
        await UntilPolledAsync(text, [3]);
    }

    [Fact]
    public async Task Status_IsUnhealthyForOneMaterialOnly_WhenItsReaderThrows()
    {
        using ReloadMonitor monitor = new();
        using Reloadable<string> text = await OpenAsync(monitor);
        using Reloadable<string> other = await Reloadable<string>.OpenAsync(
            _origin, new TextReader(), new() { TimeProvider = _clock, Monitor = monitor }, s_intervals, Cancellation);
        _reader.Fault = "throws in IsUsable";

        monitor.GetStatus().Select(s => s.Health).Should().Equal(MaterialHealth.Unhealthy, MaterialHealth.Healthy);
        text.Status.Problem.Should().Be("InvalidOperationException: IsUsable");
    }

    private Task<Reloadable<string>> OpenAsync(ReloadMonitor? monitor) => Reloadable<string>.OpenAsync(
        _origin, _reader, new() { TimeProvider = _clock, Monitor = monitor }, s_intervals, Cancellation);

    // The timer of the next poll is set when the previous poll has ended. Until then, advancing the clock has no effect.
    private Task UntilPolledAsync(Reloadable<string> text, byte[] content)
    {
        _origin.Content = content;
        return Eventually.HoldsAsync(() =>
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            return text.Current == $"{content[0]}";
        });
    }

    /// <summary>Reads one byte as a number, and violates the rule that <see cref="Fault"/> names.</summary>
    private sealed class OwnReader : IMaterialReader<string>
    {
        public string Kind => "own";

        public int MaxBytes => 10;

        internal Func<string, Material<string>> Make { get; set; } = value => new(value);

        internal string Fault { get; set; } = "";

        public bool TryRead(
            ImmutableArray<ReadOnlyMemory<byte>> files,
            DateTimeOffset now,
            [NotNullWhen(true)] out Material<string>? material,
            [NotNullWhen(false)] out string? problem)
        {
            material = Fault == "no material" ? null! : Make($"{files[0].Span[0]}");
            problem = null!;
            return Fault != "no reason";
        }

        public string Merge(string current, string next) => Fault switch
        {
            "no merged value" => null!,
            "throws in Merge" => throw new InvalidOperationException("Merge"),
            _ => next,
        };

        public bool IsUsable(string current) => Fault != "throws in IsUsable" ? true : throw new InvalidOperationException("IsUsable");
    }
}
