namespace CertAuth.EndToEnd.Tests.Load;

/// <summary>Tests that use the whole machine. They run separately, so that other tests do not exceed their time limits.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LoadCollection
{
    internal const string Name = "load";
}
