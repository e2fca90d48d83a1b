using CertAuth.Tool.Tests.Support;
using CertAuth.Tool.Writing;

namespace CertAuth.Tool.Tests.Writing;

/// <summary>The lock file of a folder. Another user can neither lock it nor redirect it with a link.</summary>
public sealed class FolderLockTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // A user who can open the file can lock it and block every certauth process.
    [Fact]
    public void Open_CreatesALockReadableOnlyByItsOwner()
    {
        _folder.CreateCa();

        ToolFiles.GetMode(_folder[OutputFolder.LockName]).Should().Be(OwnerOnly);
    }

    [Fact]
    public void Open_RestrictsTheMode_OfAnExistingLock()
    {
        _folder.Write(OutputFolder.LockName, "");
        ToolFiles.MakeReadableByAll(_folder[OutputFolder.LockName]);

        _folder.CreateCa();

        ToolFiles.GetMode(_folder[OutputFolder.LockName]).Should().Be(OwnerOnly);
    }

    [Fact]
    public void Open_CreatesNothing_WhenTheLockIsADanglingLink()
    {
        string target = _folder["elsewhere"];
        Link(target);

        CaCommands.RunWithError("ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Path).Should()
            .Be($"certauth ca new: {_folder[OutputFolder.LockName]} is a link, which certauth does not follow; remove it.");

        File.Exists(target).Should().BeFalse();
        File.Exists(_folder["ca-key.pem"]).Should().BeFalse();
    }

    [Fact]
    public void Open_DoesNotFollowTheLock_WhenItIsALink()
    {
        string target = _folder.Write("precious", "precious");
        ToolFiles.MakeReadableByAll(target);
        UnixFileMode mode = ToolFiles.GetMode(target);
        Link(target);

        CaCommands.RunWithError("jwks", "new", "--kid", "a", "--folder", _folder.Path)
            .Should().Contain("is a link, which certauth does not follow");

        File.ReadAllText(target).Should().Be("precious");
        ToolFiles.GetMode(target).Should().Be(mode);
    }

    private void Link(string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, few users may create links.");
        File.CreateSymbolicLink(_folder[OutputFolder.LockName], target);
    }
}
