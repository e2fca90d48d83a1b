using System.Runtime.CompilerServices;

namespace CertAuth.Json;

/// <summary>The names of one object's members so far, by their place in the text.</summary>
internal struct NameList
{
    /// <summary>Most members of one object.</summary>
    internal const int MaxMembers = 128;

    private Places _places;
    private int _count;

    // One bit for each hash: a name whose own bit isn't set is new, which most are.
    private ulong _hashes;

    /// <summary>Read where the name is new, Repeated where it isn't, Malformed over the bound.</summary>
    internal JsonStep Add(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        // Compared by hash first: names that differ late, and only under escapes, would cost a peer nothing and us much.
        int hash = JsonText.HashOf(name);
        ulong bit = 1UL << (hash & 63);
        for (int i = 0; i < _count && (_hashes & bit) != 0; i++)
        {
            (int start, int length, int other) = _places[i];
            if (other == hash && JsonText.AreEqual(text.Slice(start, length), name))
                return JsonStep.Repeated;
        }

        if (_count == MaxMembers)
            return JsonStep.Malformed;

        text.Overlaps(name, out int at);
        _hashes |= bit;
        _places[_count++] = (name.IsEmpty ? 0 : at, name.Length, hash);
        return JsonStep.Read;
    }

    [InlineArray(MaxMembers)]
    private struct Places
    {
        private (int Start, int Length, int Hash) _first;
    }
}
