using System.Collections.Concurrent;

namespace CertAuth.Tests.Trust.Differential;

/// <summary>A list of the classes of chains that this library accepts and another implementation rejects. Each class has a
/// reason.</summary>
/// <remarks>A class is "deviations -> errors". A chain belongs to a class if its shrunk plan has these deviations and the other
/// implementation reports no further errors. The test fails on a chain without a class, and on a class without a chain.</remarks>
internal sealed class DisagreementList(string file)
{
    private readonly Class[] _classes = [.. new TsvFile($"CertAuth.Tests/Trust/Differential/{file}").Ids.Select(Class.Parse)];
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _unlisted = [];

    /// <summary>Gets the number of chains in each class.</summary>
    internal IReadOnlyDictionary<string, int> Seen => _seen;

    /// <summary>Adds a disagreement.</summary>
    /// <param name="shrunk">The plan with the fewest deviations that still cause the disagreement.</param>
    /// <param name="verdict">The errors of the other implementation, separated by commas.</param>
    internal void Add(ChainPlan shrunk, string verdict)
    {
        string[] deviations = shrunk.ToClass().Split(' ');
        string[] errors = verdict.Split(", ");
        if (Array.Find(_classes, c => c.Holds(deviations, errors)) is { } known)
            _seen.AddOrUpdate(known.Text, 1, (_, count) => count + 1);
        else
            _unlisted.Add($"{shrunk.ToClass()} -> {verdict} ({shrunk})");
    }

    internal void AssertComplete()
    {
        _unlisted.IsEmpty.Should().BeTrue(string.Join('\n', _unlisted.Order(StringComparer.Ordinal)));
        _classes.Select(c => c.Text).Except(_seen.Keys).Should().BeEmpty();
    }

    private sealed record Class(string Text, string[] Deviations, string[] Errors)
    {
        internal static Class Parse(string text)
        {
            string[] parts = text.Split(" -> ");
            return new(text, parts[0].Split(' '), parts[1].Split(", "));
        }

        internal bool Holds(string[] deviations, string[] errors) => !Deviations.Except(deviations).Any() && !errors.Except(Errors).Any();
    }
}
