using CertAuth.Soak.Exercises;
using CertAuth.Soak.Writing;

namespace CertAuth.Soak;

/// <summary>Creates a scenario for each of the four materials and each of the three strategies.</summary>
internal static class Scenarios
{
    private static readonly Func<Exercise>[] s_exercises =
        [() => new BundleExercise(), () => new ServerCertificateExercise(), () => new JwkSetExercise(), () => new SigningExercise()];

    // A bundle that ends between two blocks is valid. The pauses of its writer must be much shorter than the delay, even on a busy machine.
    private static readonly TimeSpan s_settleDelay = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan s_settleDelayOfBundles = TimeSpan.FromMilliseconds(40);

    internal static int Materials => s_exercises.Length;

    internal static IEnumerable<Scenario> Create(int seed) => s_exercises.SelectMany(create => WriteStrategy.Names.Select(strategy =>
    {
        Exercise exercise = create();
        bool isTornBundle = exercise is BundleExercise && strategy == "in place";
        return new Scenario(exercise, strategy, isTornBundle ? s_settleDelayOfBundles : s_settleDelay, seed++);
    }));
}
