using System.Reflection;

namespace CertAuth.Tests.Docs;

/// <summary>The names of the tests of this assembly, which pages cite.</summary>
internal static class TestMethods
{
    internal static string[] All { get; } = Of(typeof(TestMethods).Assembly.GetTypes());

    /// <summary>Returns the tests of the specified classes.</summary>
    internal static string[] Of(params Type[] classes) =>
    [
        .. classes.SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => method.Name).Distinct(),
    ];
}
