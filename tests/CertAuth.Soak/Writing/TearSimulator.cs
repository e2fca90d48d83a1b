using System.Diagnostics;
using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>Simulates interrupted writes of one material's files: their positions and durations.</summary>
/// <remarks>An incomplete state that is not valid may last for any time, sometimes so long that a reload gives up. An incomplete state that
/// is valid must end well within the settle delay, as writers in place must ensure. The simulator measures whether it did, because the
/// machine may delay it.</remarks>
internal sealed class TearSimulator(Exercise exercise, TimeSpan settleDelay, int seed)
{
    private const int LongOnesEvery = 32;
    private const int LongOneInSettleDelays = 8;
    private const int UsableShare = 4;
    private static readonly TimeSpan s_longestShortOne = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan s_shortestLongOne = TimeSpan.FromMilliseconds(30);

#pragma warning disable CA5394 // The position is not a secret.
    private readonly Random _random = new(seed);
    private bool _isLong;
    private long _usableFrom;
    private long _usableUntil;

    // A .NET timer may fire early by one tick of its coarse clock, 4 ms on many kernels.
    private readonly TimeSpan _promise = settleDelay * 0.75;

    /// <summary>A value that indicates whether an incomplete but valid state has lasted too long since the start of the last
    /// generation.</summary>
    internal bool IsOverdue
    {
        get
        {
            long from = Volatile.Read(ref _usableFrom);
            long until = Volatile.Read(ref _usableUntil);
            return from != 0 && Stopwatch.GetElapsedTime(from, until == 0 ? Stopwatch.GetTimestamp() : until) >= _promise;
        }
    }

    /// <summary>The number of generations with such a state.</summary>
    internal int Overdue { get; private set; }

    internal void Begin(int generation)
    {
        _isLong = generation % LongOnesEvery == 3;
        Volatile.Write(ref _usableFrom, 0);
        Volatile.Write(ref _usableUntil, 0);
    }

    internal void End() => Overdue += IsOverdue ? 1 : 0;

    internal bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    /// <summary>Returns the position at which to interrupt a write. For a long interruption, the incomplete file is not valid.</summary>
    internal int FindPosition(byte[] content)
    {
        int place;
        do
        {
            place = exercise.FindTear(content, _random);
        }
        while (_isLong && exercise.IsUsable(content.AsSpan(0, place)));
        return place;
    }

    internal FileContent[] Shuffle(IEnumerable<FileContent> files)
    {
        FileContent[] shuffled = [.. files];
        _random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>Waits in a state that is not valid.</summary>
    internal Task PauseAsync() => _isLong
        ? Task.Delay(s_shortestLongOne + (settleDelay * LongOneInSettleDelays))
        : Task.Delay(s_longestShortOne * _random.NextDouble());

    /// <summary>Writes the start of a file, waits, and then writes the rest.</summary>
    internal async Task WriteAsync(FileStream file, byte[] content, int place)
    {
        if (!exercise.IsUsable(content.AsSpan(0, place)))
        {
            await file.WriteAsync(content.AsMemory(0, place));
            await PauseAsync();
            await file.WriteAsync(content.AsMemory(place));
            return;
        }

        // Does not leave the thread, because returning to it could take long.
        Volatile.Write(ref _usableUntil, 0);
        Volatile.Write(ref _usableFrom, Stopwatch.GetTimestamp());
        file.Write(content.AsSpan(0, place));
        Thread.Sleep(settleDelay / UsableShare * _random.NextDouble());
        file.Write(content.AsSpan(place));
        Volatile.Write(ref _usableUntil, Stopwatch.GetTimestamp());
    }
}
