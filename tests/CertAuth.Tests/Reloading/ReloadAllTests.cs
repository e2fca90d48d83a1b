using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>The reload of all materials of a monitor, as after a signal from the operator.</summary>
public sealed class ReloadAllTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StubMaterialReader _reader = new(DateTimeOffset.UtcNow);
    private readonly ReloadMonitor _monitor = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _monitor.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task EachMaterialIsReloaded_WhenOneFails()
    {
        using Reloadable<string> one = await OpenAsync("one");
        using Reloadable<string> two = await OpenAsync("two");
        using Reloadable<string> three = await OpenAsync("three");
        _folder.Write("one", "!broken");
        _folder.Write("three", "newer");

        (await _monitor.ReloadAllAsync(Cancellation)).Select(r => r.Outcome).Should().Equal(
            ReloadOutcome.Failed, ReloadOutcome.Unchanged, ReloadOutcome.Loaded);
        new[] { one.Current, two.Current, three.Current }.Should().Equal("first", "first", "newer");
    }

    [Fact]
    public async Task DisposedMaterial_IsNotReloaded()
    {
        Reloadable<string> one = await OpenAsync("one");
        one.Dispose();
        (await _monitor.ReloadAllAsync(Cancellation)).Should().BeEmpty();
    }

    private Task<Reloadable<string>> OpenAsync(string name) => Reloadable.OpenAsync(
        [_folder.Write(name, "first")], _reader, new() { Monitor = _monitor, SettleDelay = TimeSpan.FromMilliseconds(5) }, Cancellation);
}
