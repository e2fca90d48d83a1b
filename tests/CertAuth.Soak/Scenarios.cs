using CertAuth.Soak.Exercises;
using CertAuth.Soak.Writing;

namespace CertAuth.Soak;

/// <summary>Each of the four materials in each of the three ways.</summary>
internal static class Scenarios
{
    private static readonly Func<Exercise>[] s_exercises =
        [() => new BundleExercise(), () => new ServerCertificateExercise(), () => new JwkSetExercise(), () => new SigningExercise()];

    // A bundle that ends between two blocks is valid, so the writer's pauses must be much shorter than the delay even on a busy machine.
    private static readonly TimeSpan s_settleDelay = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan s_settleDelayOfBundles = TimeSpan.FromMilliseconds(40);

    internal static int Materials => s_exercises.Length;

    internal static IEnumerable<Scenario> Create(int seed) => s_exercises.SelectMany(create => WriteStrategy.Names.Select(way =>
    {
        Exercise exercise = create();
        bool isTornBundle = exercise is BundleExercise && way == "in place";
        return new Scenario(exercise, way, isTornBundle ? s_settleDelayOfBundles : s_settleDelay, seed++);
    }));
}
