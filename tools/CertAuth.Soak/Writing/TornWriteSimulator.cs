using System.Diagnostics;
using CertAuth.Soak.Exercises;

namespace CertAuth.Soak.Writing;

/// <summary>Interrupts the writing of one material's files, at random positions and for random times.</summary>
/// <remarks>A truncated file that is not valid may stay for any time, sometimes until a reload fails. A truncated file that is valid must
/// be completed well within the settle delay: programs that write in place must do the same. The simulator measures whether it was, because
/// the machine may delay the writer.</remarks>
internal sealed class TornWriteSimulator(Exercise exercise, TimeSpan settleDelay, int seed)
{
    private const int GenerationsPerLongPause = 32;
    private const int SettleDelaysPerLongPause = 8;
    private const int PausesPerSettleDelay = 4;
    private static readonly TimeSpan s_maxShortPause = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan s_minLongPause = TimeSpan.FromMilliseconds(30);

#pragma warning disable CA5394 // The position is not a secret.
    private readonly Random _random = new(seed);
    private bool _isLong;
    private long _usableFrom;
    private long _usableUntil;

    // Shorter than the settle delay, because a .NET timer may fire early by one tick of its coarse clock: 4 ms on many kernels.
    private readonly TimeSpan _maxDuration = settleDelay * 0.75;

    /// <summary>Gets a value that indicates whether a truncated but valid file has stayed too long in the current generation.</summary>
    internal bool IsOverdue
    {
        get
        {
            long from = Volatile.Read(ref _usableFrom);
            long until = Volatile.Read(ref _usableUntil);
            return from != 0 && Stopwatch.GetElapsedTime(from, until == 0 ? Stopwatch.GetTimestamp() : until) >= _maxDuration;
        }
    }

    /// <summary>Gets the number of generations in which <see cref="IsOverdue"/> was true.</summary>
    internal int Overdue { get; private set; }

    internal void Begin(int generation)
    {
        _isLong = generation % GenerationsPerLongPause == 3;
        Volatile.Write(ref _usableFrom, 0);
        Volatile.Write(ref _usableUntil, 0);
    }

    internal void End() => Overdue += IsOverdue ? 1 : 0;

    /// <summary>Returns true with a probability of one in the given number.</summary>
    internal bool IsChosen(int oneIn) => _random.Next(oneIn) == 0;

    /// <summary>Returns the position at which to interrupt a write. If the interruption is long, the truncated file is not valid.</summary>
    internal int FindInterruption(byte[] content)
    {
        int position;
        do
        {
            position = exercise.FindInterruption(content, _random);
        }
        while (_isLong && exercise.IsUsable(content.AsSpan(0, position)));
        return position;
    }

    internal FileContent[] Shuffle(IEnumerable<FileContent> files)
    {
        FileContent[] shuffled = [.. files];
        _random.Shuffle(shuffled);
        return shuffled;
    }

    /// <summary>Waits while the files are not valid.</summary>
    internal Task PauseAsync() => _isLong
        ? Task.Delay(s_minLongPause + (settleDelay * SettleDelaysPerLongPause))
        : Task.Delay(s_maxShortPause * _random.NextDouble());

    /// <summary>Writes the start of a file, waits, and then writes the rest.</summary>
    internal async Task WriteAsync(FileStream file, byte[] content, int position)
    {
        if (!exercise.IsUsable(content.AsSpan(0, position)))
        {
            await file.WriteAsync(content.AsMemory(0, position));
            await PauseAsync();
            await file.WriteAsync(content.AsMemory(position));
            return;
        }

        // Stays on this thread, because the thread pool could continue too late.
        Volatile.Write(ref _usableUntil, 0);
        Volatile.Write(ref _usableFrom, Stopwatch.GetTimestamp());
        file.Write(content.AsSpan(0, position));
        Thread.Sleep(settleDelay / PausesPerSettleDelay * _random.NextDouble());
        file.Write(content.AsSpan(position));
        Volatile.Write(ref _usableUntil, Stopwatch.GetTimestamp());
    }
}
