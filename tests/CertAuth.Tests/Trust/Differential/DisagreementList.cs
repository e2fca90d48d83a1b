using System.Collections.Concurrent;
using CertAuth.Tests.Support;
using FluentAssertions;

namespace CertAuth.Tests.Trust.Differential;

/// <summary>A checked-in list of classes of chains that we accept and an oracle refuses, each with its reason.</summary>
/// <remarks>A class is "oddities -> what the oracle says": a chain is of it when, shrunk, it has these oddities and the oracle says no
/// more. Fails both ways: on a chain of no class, and on a class without a chain.</remarks>
internal sealed class DisagreementList(string file)
{
    private readonly Class[] _classes = [.. ExceptionList.Load("Trust", "Differential", file).Reasons.Keys.Select(Class.Parse)];
    private readonly ConcurrentDictionary<string, int> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _unlisted = [];

    /// <summary>How many chains were of each class.</summary>
    internal IReadOnlyDictionary<string, int> Seen => _seen;

    /// <param name="shrunk">The plan with as few oddities as still make the disagreement.</param>
    /// <param name="verdict">What the oracle says, with commas between.</param>
    internal void Add(ChainPlan shrunk, string verdict)
    {
        string[] oddities = shrunk.ToClass().Split(' ');
        string[] faults = verdict.Split(", ");
        if (Array.Find(_classes, c => c.Holds(oddities, faults)) is { } known)
            _seen.AddOrUpdate(known.Text, 1, (_, count) => count + 1);
        else
            _unlisted.Add($"{shrunk.ToClass()} -> {verdict} ({shrunk})");
    }

    internal void AssertComplete()
    {
        _unlisted.IsEmpty.Should().BeTrue(string.Join('\n', _unlisted.Order(StringComparer.Ordinal)));
        _classes.Select(c => c.Text).Except(_seen.Keys).Should().BeEmpty();
    }

    private sealed record Class(string Text, string[] Oddities, string[] Faults)
    {
        internal static Class Parse(string text)
        {
            string[] parts = text.Split(" -> ");
            return new(text, parts[0].Split(' '), parts[1].Split(", "));
        }

        internal bool Holds(string[] oddities, string[] faults) => !Oddities.Except(oddities).Any() && !faults.Except(Faults).Any();
    }
}
