using System.Diagnostics;

namespace CertAuth.Tool.Tests.Packed;

/// <summary>The packages depend on the lowest versions that work, so that an application can pin any later version (NU1605).</summary>
public sealed class PackageDependencyTests(PackedLibraries libraries) : IClassFixture<PackedLibraries>
{
    private const string Pinned = "10.0.0";

    // The versions are pinned exactly: if a package depends on a higher version, the restore fails.
    private const string Project = $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <UseAppHost>false</UseAppHost>
            <UseSharedCompilation>false</UseSharedCompilation>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="CertAuth" Version="$(CertAuthVersion)" />
            <PackageReference Include="CertAuth.Testing" Version="$(CertAuthVersion)" />
            <PackageReference Include="Microsoft.Extensions.DependencyInjection.Abstractions" Version="[{Pinned}]" />
            <PackageReference Include="Microsoft.Extensions.Logging.Abstractions" Version="[{Pinned}]" />
          </ItemGroup>
        </Project>
        """;

    // Uses each dependency: PKCS #7 and a logger.
    private const string Program = """
        using System.Reflection;
        using System.Security.Cryptography.X509Certificates;
        using CertAuth;
        using CertAuth.Certificates;
        using CertAuth.Reloading;
        using CertAuth.Requirements;
        using CertAuth.Testing;
        using CertAuth.Trust;
        using Microsoft.Extensions.Logging;

        TestCertificateAuthority ca = TestCertificateAuthority.Create(TestName.Of(("CN", "ca")));
        using X509Certificate2 root = ca.ToX509Certificate2();
        File.WriteAllBytes("ca.p7b", new X509Certificate2Collection(root).Export(X509ContentType.Pkcs7)!);
        ReloadOptions options = new() { Logger = new ConsoleLogger() };
        using Reloadable<TrustBundle> bundle = await TrustBundle.OpenAsync("ca.p7b", options: options);
        TestCertificate alice = ca.IssueClient(TestName.Of(("CN", "alice")));
        bool isVerified = bundle.Current.TryVerify(alice.Der.Span, [], out VerifiedCertificate? verified, out _);
        Console.WriteLine($"{isVerified} {verified} {LoginRequirement.Parse("REQUIRE SUBJECT '/CN=alice'")}");
        Console.WriteLine(typeof(ILogger).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

        internal sealed class ConsoleLogger : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                Console.WriteLine($"{eventId.Id} {formatter(state, exception)}");
        }
        """;

    private const string Configuration = """
        <?xml version="1.0" encoding="utf-8"?>
        <configuration>
          <packageSources><clear /><add key="packed" value="packages" /></packageSources>
          <fallbackPackageFolders><clear /></fallbackPackageFolders>
        </configuration>
        """;

    // The complete lists, so that no pinned transitive package is added. See Directory.Packages.props.
    [Fact]
    public void Packages_DependOnTheLowestVersionsThatWork()
    {
        libraries.SkipIfUnavailable();

        libraries.GetDependencies("CertAuth").Should().BeEquivalentTo(
            "Microsoft.Extensions.Logging.Abstractions 10.0.0",
            "System.Security.Cryptography.Pkcs 10.0.12",
            "System.Threading.RateLimiting 8.0.0");
        libraries.GetDependencies("CertAuth.Testing").Should().BeEquivalentTo($"CertAuth {libraries.GetVersion("CertAuth")}");
    }

    [Fact]
    public async Task Application_RestoresBuildsAndRuns_WhenItPinsTheLowestVersions()
    {
        libraries.SkipIfUnavailable();
        string folder = libraries.FolderPath;
        string version = libraries.GetVersion("CertAuth");
        string project = Write("application.csproj", Project.Replace("$(CertAuthVersion)", version, StringComparison.Ordinal));
        Write("Program.cs", Program);
        Write("nuget.config", Configuration);
        string output = Path.Combine(folder, "built");
        ProcessStartInfo build = Dotnet.Start("dotnet", folder, "build", project, "--output", output, "--verbosity", "quiet");

        // The package of an earlier build has the same version, so the cache must be empty.
        build.Environment["NUGET_PACKAGES"] = Path.Combine(folder, "nuget");
        (int built, string log) = await Dotnet.RunAsync(build);
        built.Should().Be(0, log);
        (int exitCode, string printed) = await Dotnet.RunAsync(Dotnet.Start("dotnet", folder, Path.Combine(output, "application.dll")));

        exitCode.Should().Be(0, printed);
        string[] lines = printed.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        lines.Should().HaveCount(3);
        lines[0].Should().StartWith("1001 Loaded trust-bundle: certificates (1): /CN=ca,");
        lines[1].Should().Be("True /CN=alice REQUIRE SUBJECT '/CN=alice'");
        lines[2].Should().StartWith($"{Pinned}+", "the version that the application pins is the one in use");
    }

    private string Write(string name, string content)
    {
        string path = Path.Combine(libraries.FolderPath, name);
        File.WriteAllText(path, content);
        return path;
    }
}
