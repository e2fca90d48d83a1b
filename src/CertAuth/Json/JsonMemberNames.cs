using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace CertAuth.Json;

/// <summary>The member names of one object that have been read so far, by their range in the text.</summary>
internal struct JsonMemberNames
{
    /// <summary>The maximum number of members in one object.</summary>
    internal const int MaxMembers = 128;

    /// <summary>The number of members that need no allocation: as many as tokens have. A larger number would slow down every token, because
    /// the reader is on the stack and is cleared.</summary>
    internal const int InlineCapacity = 16;

    private InlineRanges _inline;
    private NameRange[]? _overflow;
    private int _count;

    // One bit for each hash. A name whose bit is not set is new, as most names are.
    private ulong _hashes;

    /// <summary>Returns Read if the name is new, Repeated if it is not, and Malformed if the object has too many members.</summary>
    internal JsonReadStatus Add(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        // Hashes are compared first. Otherwise names that differ only near their end, and only in escapes, would be cheap for a peer and
        // expensive here.
        int hash = JsonText.ComputeHash(name);
        ulong bit = 1UL << (hash & 63);
        for (int i = 0; i < _count && (_hashes & bit) != 0; i++)
        {
            NameRange seen = GetSlot(i);
            if (seen.Hash == hash && JsonText.AreEqual(text.Slice(seen.Start, seen.Length), name))
                return JsonReadStatus.Repeated;
        }

        if (_count == MaxMembers)
            return JsonReadStatus.Malformed;

        text.Overlaps(name, out int at);
        _hashes |= bit;
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
