using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CertAuth.Json;

/// <summary>The member names of one object that have been read so far, by their range in the text.</summary>
internal struct NameList
{
    /// <summary>The maximum number of members in one object.</summary>
    internal const int MaxMembers = 128;

    /// <summary>The number of members that need no allocation: as many as tokens have. A larger number would slow down every token, because
    /// the reader is on the stack and is cleared.</summary>
    internal const int FewMembers = 16;

    private FewPlaces _few;
    private Place[]? _more;
    private int _count;

    // One bit for each hash. A name whose bit is not set is new, as most names are.
    private ulong _hashes;

    /// <summary>Returns Read if the name is new, Repeated if it is not, and Malformed if the object has too many members.</summary>
    internal JsonStep Add(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        // Hashes are compared first. Otherwise names that differ only near their end, and only in escapes, would be cheap for a peer and
        // expensive here.
        int hash = JsonText.HashOf(name);
        ulong bit = 1UL << (hash & 63);
        for (int i = 0; i < _count && (_hashes & bit) != 0; i++)
        {
            Place seen = PlaceAt(i);
            if (seen.Hash == hash && JsonText.AreEqual(text.Slice(seen.Start, seen.Length), name))
                return JsonStep.Repeated;
        }

        if (_count == MaxMembers)
            return JsonStep.Malformed;

        text.Overlaps(name, out int at);
        _hashes |= bit;
        PlaceAt(_count++) = new(name.IsEmpty ? 0 : at, name.Length, hash);
        return JsonStep.Read;
    }

    [UnscopedRef]
    private ref Place PlaceAt(int index)
    {
        if (index < FewMembers)
            return ref _few[index];
        index -= FewMembers;
        if (_more is null || index == _more.Length)
            Array.Resize(ref _more, Math.Max(FewMembers, 2 * index));
        return ref _more[index];
    }

    private readonly record struct Place(int Start, int Length, int Hash);

    [InlineArray(FewMembers)]
    private struct FewPlaces
    {
        private Place _first;
    }
}
