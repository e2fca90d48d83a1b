using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CertAuth.Json;

/// <summary>The names of one object's members so far, by their place in the text.</summary>
internal struct NameList
{
    /// <summary>Most members of one object.</summary>
    internal const int MaxMembers = 128;

    /// <summary>So many allocate nothing, as many as tokens have. More would cost every token: a reader is on the stack, and all of it is cleared.</summary>
    internal const int FewMembers = 16;

    private FewPlaces _few;
    private Place[]? _more;
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
