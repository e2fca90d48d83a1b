namespace CertAuth.Tests.Conventions;

/// <summary>The graph of source files finds each kind of use, and cycles of any length.</summary>
public sealed class SourceGraphTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a constant", "class A { const int One = B.Number; }")]
    [InlineData("a base type", "class A : B;")]
    [InlineData("the type of a field", "class A { B? _b; }")]
    [InlineData("an implied constructor", "class A { static void F(List<int> all) { all.Add(new C().Take(new())); } }")]
    [InlineData("a member of a result", "class A { int F(C c) => c.Make().Length; }")]
    [InlineData("an extension method", "class A { int F(int i) => i.Doubled(); }")]
    public void Read_FindsTheFile(string use, string text)
    {
        SourceGraph graph = Read(
            ("A.cs", text),
            ("B.cs", "class B { internal const int Number = 1; internal int Length => 1; }"),
            ("C.cs", "class C { internal int Take(B b) => 1; internal B Make() => new(); }"),
            ("D.cs", "static class D { internal static int Doubled(this int i) => 2 * i; }"));

        graph.Errors.Should().BeEmpty();
        graph.GetUses("A.cs").Should().Contain(use == "an extension method" ? "D.cs" : "B.cs", use);
        graph.FindCycles().Should().BeEmpty();
    }

    [Fact]
    public void Read_IgnoresDocumentationAndPartsOfOneType()
    {
        SourceGraph graph = Read(
            ("A.cs", "/// <summary><see cref=\"B\"/></summary>\npartial class A { int F() => G(); }"),
            ("A.Part.cs", "partial class A { int G() => F(); }"),
            ("B.cs", "class B { A? _a; }"));

        graph.Files.Should().BeEquivalentTo("A.cs", "B.cs");
        graph.GetUses("A.cs").Should().BeEmpty();
        graph.FindCycles().Should().BeEmpty();
    }

    [Fact]
    public void FindCycles_ReturnsEachGroupOnce()
    {
        SourceGraph graph = Read(
            ("A.cs", "class A { B? _b; }"),
            ("B.cs", "class B { C? _c; }"),
            ("C.cs", "class C { A? _a; D? _d; }"),
            ("D.cs", "class D { E? _e; }"),
            ("E.cs", "class E { D? _d; }"),
            ("F.cs", "class F { A? _a; F? _f; }"));

        graph.FindCycles().Should().BeEquivalentTo(new[] { new[] { "A.cs", "B.cs", "C.cs" }, new[] { "D.cs", "E.cs" } });
    }

    [Fact]
    public void Read_ReportsNamesThatDoNotResolve() => Read(("A.cs", "class A { Missing? _m; }")).Errors.Should().ContainSingle();

    private SourceGraph Read(params (string Name, string Text)[] files)
    {
        foreach ((string name, string text) in files)
            _folder.Write(name, text);
        return SourceGraph.Read(_folder.Path, [.. files.Select(file => file.Name)]);
    }
}
