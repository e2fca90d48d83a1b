using System.Diagnostics;
using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>How one material's files are torn while they are written: where, and for how long.</summary>
/// <remarks>A state that cannot be taken for a whole one may last as long as it likes: now and then so long that a look gives up. One that can must be over
/// well within the settle delay, which is what writers in place promise; whether this one kept the promise is measured, since the machine may stop it.</remarks>
internal sealed class TearSimulator(Exercise exercise, TimeSpan settleDelay, int seed)
{
    private const int LongOnesEvery = 32;
    private const int LongOneInSettleDelays = 8;
    private const int UsableShare = 4;
    private static readonly TimeSpan s_longestShortOne = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan s_shortestLongOne = TimeSpan.FromMilliseconds(30);

#pragma warning disable CA5394 // Where to tear a file is no secret.
    private readonly Random _random = new(seed);
    private bool _isLong;
    private long _usableFrom;
    private long _usableUntil;

    // A timer of .NET's may be early by a tick of the coarse clock that it reads, 4 ms on many kernels.
    private readonly TimeSpan _promise = settleDelay * 0.75;

    /// <summary>Whether a torn state that looks whole lasted longer than was promised, since the last generation began.</summary>
    internal bool IsOverdue
    {
        get
        {
            long from = Volatile.Read(ref _usableFrom);
            long until = Volatile.Read(ref _usableUntil);
            return from != 0 && Stopwatch.GetElapsedTime(from, until == 0 ? Stopwatch.GetTimestamp() : until) >= _promise;
        }
    }

    /// <summary>How many generations had such a state.</summary>
    internal int Overdue { get; private set; }

    internal void Begin(int generation)
    {
        _isLong = generation % LongOnesEvery == 3;
        Volatile.Write(ref _usableFrom, 0);
        Volatile.Write(ref _usableUntil, 0);
    }

    internal void End() => Overdue += IsOverdue ? 1 : 0;

    internal bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    /// <summary>Where to tear a file; for a long time only where what is there cannot be used.</summary>
    internal int FindPlace(byte[] content)
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

    /// <summary>Waits in a state that cannot be used.</summary>
    internal Task PauseAsync() => _isLong
        ? Task.Delay(s_shortestLongOne + (settleDelay * LongOneInSettleDelays))
        : Task.Delay(s_longestShortOne * _random.NextDouble());

    /// <summary>Writes the start of a file, waits, and writes the rest.</summary>
    internal async Task WriteAsync(FileStream file, byte[] content, int place)
    {
        if (!exercise.IsUsable(content.AsSpan(0, place)))
        {
            await file.WriteAsync(content.AsMemory(0, place));
            await PauseAsync();
            await file.WriteAsync(content.AsMemory(place));
            return;
        }

        // Without leaving the thread: every other way back to it may take long.
        Volatile.Write(ref _usableUntil, 0);
        Volatile.Write(ref _usableFrom, Stopwatch.GetTimestamp());
        file.Write(content.AsSpan(0, place));
        Thread.Sleep(settleDelay / UsableShare * _random.NextDouble());
        file.Write(content.AsSpan(place));
        Volatile.Write(ref _usableUntil, Stopwatch.GetTimestamp());
    }
}
