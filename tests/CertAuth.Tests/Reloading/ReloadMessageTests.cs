using CertAuth.Reloading;

namespace CertAuth.Tests.Reloading;

/// <summary>The texts of results and statuses: sentences without the names of enum members.</summary>
public sealed class ReloadMessageTests
{
    [Fact]
    public void Result_ToString_IsASentence()
    {
        ReloadResult.Loaded.ToString().Should().Be("New material was loaded.");
        ReloadResult.Unchanged.ToString().Should().Be("The material has not changed.");
        ReloadResult.Failed("The file\ndoes not exist.").ToString().Should().Be("The reload failed: The file\\u{000A}does not exist.");
    }

    [Theory]
    [InlineData(MaterialHealth.Healthy, null, "accounts is healthy: 3 accounts")]
    [InlineData(MaterialHealth.Degraded, "It is empty.", "accounts is degraded: 3 accounts. The last reload failed: It is empty.")]
    [InlineData(MaterialHealth.Unhealthy, null, "accounts is unhealthy: 3 accounts")]
    public void Status_ToString_StatesHealthAndProblem(MaterialHealth health, string? problem, string expected)
    {
        MaterialStatus status = new()
        {
            Name = "accounts",
            Health = health,
            Description = "3 accounts",
            LoadedAt = default,
            Age = default,
            ExpiresAt = null,
            TimeToExpiry = null,
            Problem = problem,
            Warnings = [],
        };

        status.ToString().Should().Be(expected);
    }
}
