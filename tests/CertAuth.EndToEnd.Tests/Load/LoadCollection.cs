namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>Tests that take the whole machine: alone, so that others' limits are not theirs to reach.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LoadCollection
{
    internal const string Name = "load";
}
