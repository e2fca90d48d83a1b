using System.Reflection;
using System.Text.RegularExpressions;

namespace CertAuth.Tests.Conventions;

/// <summary>The public API, and the form of types and namespaces.</summary>
public sealed partial class ConventionTests
{
    private const int MaxLines = 300;

    public static TheoryData<string> Assemblies => ["CertAuth", "CertAuth.Testing"];

    private static string SourceFolder => Path.Combine(SharedFiles.RepositoryRoot, "src");

    private static IEnumerable<string> SourceFiles => RepositoryText.FindFiles("*.cs")
        .Where(file => file.StartsWith("src/", StringComparison.Ordinal)).Select(RepositoryText.Locate);

    // To accept a change, run CERTAUTH_ACCEPT_API=1 dotnet test, and read the difference.
    [Theory, MemberData(nameof(Assemblies))]
    public void PublicApi_MatchesTheRecordedText(string assembly)
    {
        string file = Path.Combine(SharedFiles.RepositoryRoot, "tests/CertAuth.Tests/Conventions", $"{assembly}.api.txt");
        string actual = PublicApi.Describe(Load(assembly));
        if (Environment.GetEnvironmentVariable("CERTAUTH_ACCEPT_API") == "1")
            File.WriteAllText(file, actual);

        actual.Should().Be(File.ReadAllText(file).ReplaceLineEndings("\n"));
    }

    [Theory, MemberData(nameof(Assemblies))]
    public void Classes_AreSealedOrStatic(string assembly)
    {
        Type[] unsealed =
            [.. Load(assembly).GetTypes().Where(t => t is { IsClass: true, IsSealed: false, IsAbstract: false } && !IsGenerated(t))];

        unsealed.Should().BeEmpty();
    }

    [Theory, MemberData(nameof(Assemblies))]
    public void Namespaces_AreFolders(string assembly)
    {
        string root = Path.Combine(SourceFolder, assembly);
        string[] wrong =
        [
            .. SourceFiles.Where(f => f.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                .Where(f => GetNamespace(f) != GetExpectedNamespace(assembly, f, Path.GetDirectoryName(Path.GetRelativePath(root, f))!)),
        ];

        wrong.Should().BeEmpty();
    }

    [Fact]
    public void SourceFiles_StayUnderTheLineLimit()
    {
        string[] tooLong = [.. SourceFiles.Where(f => File.ReadLines(f).Count() > MaxLines).Select(Path.GetFileName)!];

        tooLong.Should().BeEmpty();
        SourceFiles.Should().NotBeEmpty();
    }

    [Fact]
    public void StaticFields_AreNeverWritten()
    {
        FieldInfo[] mutable =
        [
            .. typeof(Account).Assembly.GetTypes().Where(t => !IsGenerated(t))
                .SelectMany(t => t.GetFields(
                    BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .Where(f => !f.IsInitOnly && !f.IsLiteral),
        ];

        mutable.Should().BeEmpty();
    }

    [Fact]
    public void Enums_UseZeroForNone()
    {
        // Members that have the value 0 and a meaning. Each is the safe default.
        string[] meaningfulZeros =
        [
            "RequirementKind.None", "WeakAlgorithms.None", "SanState.Absent", "ClientCertificatePolicy.None",
            "UnverifiedCertificatePolicy.FailHandshake",
            "MinimumTlsVersion.Tls12", "PublicKeyKind.Unknown", "ChainStrictness.Practical", "RevocationListPolicy.Reject",
            "CaNamesPolicy.None",
            "CertificatePurpose.ClientAuthentication",
        ];
        IEnumerable<string> zeros = typeof(Account).Assembly.GetExportedTypes().Where(t => t.IsEnum)
            .SelectMany(t => Enum.GetValues(t).Cast<object>().Where(v => Convert.ToInt64(v, null) == 0).Select(v => $"{t.Name}.{v}"));

        zeros.Should().AllSatisfy(zero => (zero.EndsWith(".None", StringComparison.Ordinal) || meaningfulZeros.Contains(zero))
            .Should().BeTrue(zero));
    }

    private static Assembly Load(string name) => name == "CertAuth" ? typeof(Account).Assembly : typeof(TestCertificateAuthority).Assembly;

    // Types of a first login whose folder, and thus their layer (CertAuth.csproj), is not that of their namespace.
    private static readonly string[] s_rootNamespaceFiles = ["TlsConnectionInfo.cs", "MinimumTlsVersion.cs"];

    // The public types of Keys are in the namespaces of the types that use them, in the layers above.
    private static readonly Dictionary<string, string> s_keyNamespaces = new()
    {
        ["PublicKeyInfo.cs"] = "CertAuth.Certificates",
        ["PublicKeyKind.cs"] = "CertAuth.Certificates",
        ["SignatureAlgorithm.cs"] = "CertAuth.Signing",
        ["WeakAlgorithms.cs"] = "CertAuth.Trust",
    };

    // A folder inside a folder has the namespace of the outer one.
    private static string GetExpectedNamespace(string assembly, string file, string folder) =>
        folder is "" or "Vocabulary" || s_rootNamespaceFiles.Contains(Path.GetFileName(file))
            ? assembly
            : folder is "Keys" && s_keyNamespaces.TryGetValue(Path.GetFileName(file), out string? other) ? other
            : $"{assembly}.{folder.Split(Path.DirectorySeparatorChar)[0]}";

    private static string GetNamespace(string file) => NamespaceLine().Match(File.ReadAllText(file)).Groups[1].Value;

    private static bool IsGenerated(Type type) => type.Name.Contains('<', StringComparison.Ordinal)
        || type.DeclaringType?.Name.Contains('<', StringComparison.Ordinal) == true
        || type.Namespace?.StartsWith("CertAuth", StringComparison.Ordinal) != true;

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();
}
