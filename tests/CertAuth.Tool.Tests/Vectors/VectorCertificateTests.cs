using System.Text.Json;
using System.Text.Json.Nodes;
using CertAuth.Requirements;
using CertAuth.Tool.Tests.Support;

namespace CertAuth.Tool.Tests.Vectors;

/// <summary><c>check</c> accepts the clause that <c>show</c> prints, for each certificate of the vectors.</summary>
/// <remarks>exceptions.tsv lists the files with another result: the file name or its stem, the result, and the reason. A listed file
/// without another result fails as well.</remarks>
public sealed class VectorCertificateTests
{
    private const string Absent = "(vectors absent)";
    private const string AbsentReason = "The vectors have no folder certs; set CERTAUTH_VECTORS to the folder of the vectors.";

    // All CAs of the vectors. The signature distinguishes those with the same name.
    private static readonly string[] s_bundle = ["ca1", "ca2", "ca1kid", "ca1fake", "ca1fakekid"];
    private static readonly string[] s_intermediates = ["ica", "ica2", "slashca"];

    private static readonly Dictionary<string, string> s_exceptions =
        TsvFile.ReadRows("CertAuth.Tool.Tests/Vectors/exceptions.tsv").ToDictionary(row => row[0], row => row[1]);

    public static TheoryData<string> Files => Directory.Exists(FolderPath)
        ? [.. Directory.GetFiles(FolderPath).Select(path => Path.GetFileName(path)).Where(IsCertificate).Order()]
        : [Absent];

    private static string FolderPath => Path.Combine(SharedFiles.VectorsFolder, "certs");

    [Theory, MemberData(nameof(Files))]
    public void Check_AcceptsTheClauseThatShowPrints(string file)
    {
        Assert.SkipWhen(file == Absent, AbsentReason);

        string outcome = ShowAndCheck(Path.Combine(FolderPath, file));

        string stem = Path.GetFileNameWithoutExtension(file);
        string expected = s_exceptions.GetValueOrDefault(file) ?? s_exceptions.GetValueOrDefault(stem) ?? "accepted";
        outcome.Should().Be(expected);
    }

    [Fact]
    public void Exceptions_NameExistingFiles()
    {
        SharedFiles.RequireVectors("README.md");

        s_exceptions.Keys.Should().AllSatisfy(id => Files.Should().Contain(
            file => file.Data == id || Path.GetFileNameWithoutExtension(file.Data) == id));
        s_exceptions.Values.Should().NotContain("accepted");
    }

    [Theory]
    [InlineData("revoked.pem", 1, "rejected (216): A certificate was revoked.")]
    [InlineData("seed.pem", 0, "accepted")]
    public void Check_UsesRevocationLists(string file, int exitCode, string decision)
    {
        SharedFiles.RequireVectors("README.md");
        string ca = Path.Combine(FolderPath, "ca1.pem");
        string list = Path.Combine(FolderPath, "ca1.crl.pem");

        ToolResult result = ToolRun.Run(
            ["check", Path.Combine(FolderPath, file), "--ca", ca, "--crl", list, "--require", "X509", "--at", Samples.At]);

        result.ExitCode.Should().Be(exitCode);
        result.Output.Should().EndWith($"\n{decision}\n");
    }

    /// <summary>Unusual names and SANs, which other programs print differently: the tool prints them or reports an error.</summary>
    [Theory]
    [InlineData("names.json")]
    [InlineData("sans.json")]
    public void Show_NeverThrows_ForUnusualCertificates(string vectors)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(SharedFiles.RequireVectors(vectors)));
        byte[][] certificates = [.. FindDer(file.RootElement)];
        certificates.Length.Should().BeGreaterThan(100, $"{certificates.Length} certificates");

        foreach (byte[] certificate in certificates)
        {
            ToolResult result = ToolRun.Run(["show", "-", "--at", Samples.At], certificate);
            (result.ExitCode == 0 ? result.Error.Length == 0 : result.ExitCode == 2 && result.Output.Length == 0)
                .Should().BeTrue(result.Error);
            Assert.DoesNotContain(result.Output, c => c != '\n' && char.IsControl(c));

            // The escaped clause has the same meaning.
            string? shown = result.Output.Split('\n').FirstOrDefault(line => line.StartsWith("REQUIRE ", StringComparison.Ordinal));
            if (shown is not null)
            {
                JsonObject json = ToolRun.Run(["show", "-", "--at", Samples.At, "--format", "json"], certificate).ReadJson();
                string clause = json["clause"].Text()!;
                LoginRequirement.Parse(shown).Should().Be(LoginRequirement.Parse(clause));
            }
        }
    }

    private static IEnumerable<byte[]> FindDer(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(FindDer),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(
            member => member.Name == "der_b64" ? [member.Value.GetBytesFromBase64()] : FindDer(member.Value)),
        _ => [],
    };

    private static bool IsCertificate(string name) =>
        Path.GetExtension(name) is ".pem" or ".der" && !name.EndsWith(".crl.pem", StringComparison.Ordinal);

    private static string ShowAndCheck(string path)
    {
        JsonObject shown = ToolRun.Run(["show", path, "--at", Samples.At, "--format", "json"]).ReadJson();
        if (shown["clause"].Text() is not { } clause)
            return "no clause";

        // The clause of the terminal gives the same result as the clause of the JSON.
        string[] lines = ToolRun.Run(["show", path, "--at", Samples.At]).Output.Split('\n');
        string pasted = lines.Single(line => line.StartsWith("REQUIRE ", StringComparison.Ordinal));

        using TempFolder folder = new();
        string bundle = folder.Write("bundle.pem", Join(s_bundle));
        string intermediates = folder.Write("intermediates.pem", Join(s_intermediates));
        string[] arguments = ["check", path, "--ca", bundle, "--intermediates", intermediates, "--at", Samples.At, "--format", "json"];
        ToolResult[] results = [.. new[] { clause, pasted }.Select(one => ToolRun.Run([.. arguments, "--require", one]))];
        results[1].Should().Be(results[0]);
        JsonObject report = results[0].ReadJson();
        string decision = report["reason"].Text() ?? report["decision"].Text()!;
        results[0].ExitCode.Should().Be(decision == "accepted" ? 0 : 1);
        return decision;
    }

    private static string Join(string[] names) =>
        string.Concat(names.Select(name => File.ReadAllText(Path.Combine(FolderPath, $"{name}.pem"))));
}
