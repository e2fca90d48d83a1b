using CertAuth.Soak;

namespace CertAuth.Tests.Reloading;

/// <summary>The long run is a program: <c>dotnet run -c Release --project tests/CertAuth.Soak -- replace</c>.</summary>
public sealed class ReplacementTests
{
    private const int Count = 45;
    private const int Seed = 5;

    [Fact]
    public async Task Replacements_FailNoLoginAndAreAllSeen()
    {
        using StringWriter table = new();

        IReadOnlyList<Row> rows = await ReplaceRun.RunAsync(Count, Seed, table);

        TestContext.Current.TestOutputHelper?.WriteLine(table.ToString());
        Assert.Equal(Scenarios.Materials * Count, rows.Sum(r => r.Figures.Replacements));
        Assert.All(rows, r => Assert.True(r.Figures.IsGood, r.ToString()));

        // Torn states were really met: the look gave up on each material that was written in place, and on pairs of which one half was renamed.
        Assert.All(rows.Where(r => r.Way == "in place"), r => Assert.True(r.Figures.Refused > 0, r.ToString()));
        Assert.All(rows.Where(r => r is { Way: "rename", Material: "certificate+key" }), r => Assert.True(r.Figures.Refused > 0, r.ToString()));
    }
}
