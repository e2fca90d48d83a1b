using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CertAuth.Tests.Conventions;

/// <summary>Which source files of a project use which others, as the compiler resolves the names in them.</summary>
/// <remarks>A file uses another one if a name in it is a type, or a member of a type, that the other one declares. Names in documentation
/// comments do not count. The files of a partial type are one node, which has the name of the shortest of them.</remarks>
internal sealed class SourceGraph
{
    // What the SDK adds to each project (ImplicitUsings).
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private readonly Dictionary<string, SortedSet<string>> _uses;

    private SourceGraph(Dictionary<string, SortedSet<string>> uses, ImmutableArray<Diagnostic> errors) => (_uses, Errors) = (uses, errors);

    /// <summary>Gets the errors of the compiler. A name that does not resolve would be missing in the graph.</summary>
    internal ImmutableArray<Diagnostic> Errors { get; }

    /// <summary>Gets the files, relative to the project, with slashes.</summary>
    internal IEnumerable<string> Files => _uses.Keys;

    /// <summary>Gets the files that one file uses, without itself.</summary>
    internal IReadOnlySet<string> GetUses(string file) => _uses[file];

    /// <summary>Reads a project.</summary>
    /// <param name="root">The folder of the project.</param>
    /// <param name="files">The files, relative to the folder, with slashes.</param>
    internal static SourceGraph Read(string root, IReadOnlyCollection<string> files)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "SourceGraph",
            [
                CSharpSyntaxTree.ParseText(GlobalUsings),
                .. files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(Path.Combine(root, file)), path: file)),
            ],
            FindReferences(),
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

        Dictionary<string, string> nodes = MergePartialTypes(compilation, files);
        Dictionary<string, SortedSet<string>> uses = nodes.Values.Distinct()
            .ToDictionary(file => file, _ => new SortedSet<string>(StringComparer.Ordinal));
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0))
        {
            string from = nodes[tree.FilePath];
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes().Where(IsReference))
            {
                SymbolInfo info = model.GetSymbolInfo(node);
                ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault();
                if (FindFile(symbol) is { } file && nodes[file] != from)
                    uses[from].Add(nodes[file]);
            }
        }

        return new(uses, [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)]);
    }

    /// <summary>Returns the groups of files of which each uses, directly or not, all others. Files without a cycle are in none.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> FindCycles()
    {
        Dictionary<string, HashSet<string>> reachable = Files.ToDictionary(file => file, FindReachable);
        return
        [
            .. Files.Where(file => reachable[file].Contains(file))
                .GroupBy(file => reachable[file].Where(other => reachable[other].Contains(file)).Min(StringComparer.Ordinal)!)
                .Select(group => group.Order(StringComparer.Ordinal).ToArray())
                .OrderByDescending(group => group.Length).ThenBy(group => group[0], StringComparer.Ordinal),
        ];
    }

    private HashSet<string> FindReachable(string file)
    {
        HashSet<string> reachable = [];
        Stack<string> open = new([file]);
        while (open.TryPop(out string? next))
        {
            foreach (string used in _uses[next].Where(reachable.Add))
                open.Push(used);
        }

        return reachable;
    }

    // The name of a target-typed "new" is implied.
    private static bool IsReference(SyntaxNode node) => node is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax;

    private static string? FindFile(ISymbol? symbol)
    {
        ISymbol? type = symbol is INamedTypeSymbol ? symbol : symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
            type = outer;
        return type?.OriginalDefinition.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath)
            .FirstOrDefault(path => path.Length > 0);
    }

    private static Dictionary<string, string> MergePartialTypes(CSharpCompilation compilation, IReadOnlyCollection<string> files)
    {
        Dictionary<string, string> nodes = files.ToDictionary(file => file);
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0))
        {
            foreach (BaseTypeDeclarationSyntax declaration in tree.GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            {
                INamedTypeSymbol type = compilation.GetSemanticModel(tree).GetDeclaredSymbol(declaration)!;
                nodes[tree.FilePath] = type.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath)
                    .Append(nodes[tree.FilePath]).OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal).First();
            }
        }

        return nodes;
    }

    // The assemblies of this process: the framework, and the packages of the library.
    private static IEnumerable<MetadataReference> FindReferences() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("CertAuth", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
}
