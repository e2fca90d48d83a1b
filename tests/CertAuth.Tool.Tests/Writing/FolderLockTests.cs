using CertAuth.Tests.Support;
using CertAuth.Tool.Tests.Support;
using CertAuth.Tool.Writing;
using FluentAssertions;

namespace CertAuth.Tool.Tests.Writing;

/// <summary>The lock file of a folder: another user can neither hold it nor lead it elsewhere.</summary>
public sealed class FolderLockTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Whoever can open the file can lock it, and keep every certauth out of the folder.
    [Fact]
    public void Lock_IsReadableByItsOwnerOnly()
    {
        _folder.NewCa();

        ToolFiles.ModeOf(_folder[OutputFolder.LockName]).Should().Be(OwnerOnly);
    }

    [Fact]
    public void LockOfAnEarlierVersion_IsClosedToOthers()
    {
        _folder.Write(OutputFolder.LockName, "");
        ToolFiles.LetEverybodyRead(_folder[OutputFolder.LockName]);

        _folder.NewCa();

        ToolFiles.ModeOf(_folder[OutputFolder.LockName]).Should().Be(OwnerOnly);
    }

    [Fact]
    public void LinkToNothing_CreatesNothing()
    {
        string target = _folder["elsewhere"];
        Link(target);

        CaCommands.Mistake("ca", "new", "--subject", CaCommands.Subject, "--folder", _folder.Path).Should()
            .Be($"certauth ca new: {_folder[OutputFolder.LockName]} is a link, which is not followed; remove it.");

        File.Exists(target).Should().BeFalse();
        File.Exists(_folder["ca-key.pem"]).Should().BeFalse();
    }

    [Fact]
    public void LinkToAFile_IsNotFollowed()
    {
        string target = _folder.Write("precious", "precious");
        ToolFiles.LetEverybodyRead(target);
        UnixFileMode mode = ToolFiles.ModeOf(target);
        Link(target);

        CaCommands.Mistake("jwks", "new", "--kid", "a", "--folder", _folder.Path).Should().Contain("is a link, which is not followed");

        File.ReadAllText(target).Should().Be("precious");
        ToolFiles.ModeOf(target).Should().Be(mode);
    }

    private void Link(string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets few users make links.");
        File.CreateSymbolicLink(_folder[OutputFolder.LockName], target);
    }
}
