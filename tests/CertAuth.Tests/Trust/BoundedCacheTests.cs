using CertAuth.Tests.Requirements;
using FsCheck;
using FsCheck.Fluent;

namespace CertAuth.Tests.Trust;

public sealed class BoundedCacheTests
{
    // A negative step gets the value of a key; any other step sets it.
    private static readonly Gen<int[]> s_steps = Gen.Choose(-40, 40).ArrayOf(200);

    [Fact]
    public void Set_NeverHoldsMoreThanTheCapacity() => Prop.ForAll(
        Gen.Choose(2, 20).Zip(s_steps, (capacity, steps) => (capacity, steps)).ToArbitrary(), run =>
        {
            BoundedCache<string> cache = new(run.capacity);
            return run.steps.All(step => Act(cache, step) && cache.Count <= run.capacity);
        }).Check(Generators.Times(500));

    [Fact]
    public void TryGet_FindsRecentValues() => Prop.ForAll(
        Gen.Choose(2, 20).Zip(s_steps, (capacity, steps) => (capacity, steps)).ToArbitrary(), run =>
        {
            BoundedCache<string> cache = new(run.capacity);
            List<int> order = [];
            foreach (int key in run.steps.Where(step => step >= 0))
            {
                Act(cache, key);
                order.Remove(key);
                order.Insert(0, key);
                if (!order.Take(run.capacity / 2).All(recent => Holds(cache, recent)))
                    return false;
            }

            return true;
        }).Check(Generators.Times(500));

    [Fact]
    public void TryGet_KeepsRequestedValues()
    {
        BoundedCache<string> cache = new(8);
        Act(cache, 0);
        for (int i = 1; i < 1000; i++)
        {
            Act(cache, i);
            Holds(cache, 0).Should().BeTrue();
        }

        Holds(cache, 900).Should().BeFalse();
    }

    [Fact]
    public void TryGet_EvictsUnrequestedValues()
    {
        BoundedCache<string> cache = new(8);
        for (int i = 0; i <= 8; i++)
            Act(cache, i);

        Holds(cache, 0).Should().BeFalse();
        Holds(cache, 8).Should().BeTrue();
    }

    [Fact]
    public void Set_ReplacesTheValue_WhenTheKeyExists()
    {
        BoundedCache<string> cache = new(8);
        cache.Set([1], "old");
        cache.Set([1], "new");

        cache.TryGet([1], out string? value).Should().BeTrue();
        value.Should().Be("new");
        cache.Count.Should().Be(1);
    }

    [Fact]
    public void TryGet_DistinguishesKeysOfDifferentLengths()
    {
        BoundedCache<string> cache = new(8);
        cache.Set([1], "one");

        cache.TryGet([1, 0], out _).Should().BeFalse();
        cache.TryGet([], out _).Should().BeFalse();
    }

    [Fact]
    public async Task Set_StaysWithinTheCapacity_WhenCalledConcurrently()
    {
        const int Capacity = 16;
        BoundedCache<string> cache = new(Capacity);
        int maxCount = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(() =>
        {
            Random random = new(seed);
            for (int i = 0; i < 20_000; i++)
            {
                Act(cache, random.Next(-60, 60)).Should().BeTrue();
                InterlockedMax(ref maxCount, cache.Count);
            }
        })));

        maxCount.Should().BeInRange(1, Capacity);
        cache.Count.Should().BeInRange(1, Capacity);
    }

    private static void InterlockedMax(ref int max, int value)
    {
        int known = max;
        while (value > known && Interlocked.CompareExchange(ref max, value, known) is int other && other != known)
            known = other;
    }

    // Returns false if a value is found that was not set for its key.
    private static bool Act(BoundedCache<string> cache, int step)
    {
        byte[] key = BitConverter.GetBytes(Math.Abs(step));
        if (step < 0)
            return !cache.TryGet(key, out string? value) || value == $"{-step}";

        cache.Set(key, $"{step}");
        return true;
    }

    private static bool Holds(BoundedCache<string> cache, int key) =>
        cache.TryGet(BitConverter.GetBytes(key), out string? value) && value == $"{key}";
}
