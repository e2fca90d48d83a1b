using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CertAuth.Json;

/// <summary>The member names of one object that have been read so far, as ranges of the text.</summary>
internal struct JsonMemberNames
{
    /// <summary>The number of members that need no allocation. Tokens rarely have more. A larger number would slow down every token,
    /// because this structure is on the stack and is cleared at each use.</summary>
    internal const int InlineCapacity = 16;

    private InlineRanges _inline;
    private NameRange[]? _overflow;
    private int _count;

    // A filter: the bit of each hash, modulo 64. A name whose bit is not set is new, which is the common case.
    private ulong _hashFilter;

    /// <summary>Adds a name.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="name">The name, a slice of the text, with its escapes.</param>
    /// <returns><see cref="JsonReadStatus.Read"/> if the name is new, <see cref="JsonReadStatus.Repeated"/> if it is not, and
    /// <see cref="JsonReadStatus.Malformed"/> if the object has too many members.</returns>
    internal JsonReadStatus Add(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        // Hashes are compared first. Otherwise a peer could make each comparison expensive, with long names that have escapes and differ
        // only near their end.
        int hash = JsonText.ComputeHash(name);
        ulong bit = 1UL << (hash & 63);
        for (int i = 0; i < _count && (_hashFilter & bit) != 0; i++)
        {
            NameRange seen = GetSlot(i);
            if (seen.Hash == hash && JsonText.AreEqual(text.Slice(seen.Start, seen.Length), name))
                return JsonReadStatus.Repeated;
        }

        if (_count == JsonBounds.MaxMembers)
            return JsonReadStatus.Malformed;

        text.Overlaps(name, out int at);
        _hashFilter |= bit;
        GetSlot(_count++) = new(name.IsEmpty ? 0 : at, name.Length, hash);
        return JsonReadStatus.Read;
    }

    [UnscopedRef]
    private ref NameRange GetSlot(int index)
    {
        if (index < InlineCapacity)
            return ref _inline[index];
        index -= InlineCapacity;
        if (_overflow is null || index == _overflow.Length)
            Array.Resize(ref _overflow, Math.Max(InlineCapacity, 2 * index));
        return ref _overflow[index];
    }

    private readonly record struct NameRange(int Start, int Length, int Hash);

    [InlineArray(InlineCapacity)]
    private struct InlineRanges
    {
        private NameRange _first;
    }
}
