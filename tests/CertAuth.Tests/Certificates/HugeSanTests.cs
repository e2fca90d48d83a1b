using System.IO.MemoryMappedFiles;
using CertAuth.Certificates;

namespace CertAuth.Tests.Certificates;

/// <summary>The maximum length of the text of a subject alternative name. Regression: a text of 512 Mi characters made TryParse throw, and
/// a slightly shorter one needed gigabytes.</summary>
public sealed class HugeSanTests
{
    private const string Label = "URI:";

    [Fact]
    public void TryParse_AcceptsTheLongestNameOfACertificate()
    {
        SubjectAlternativeName longest = new(SanKind.Uri, [.. Enumerable.Repeat((byte)'\\', CertificateBounds.MaxBytes)]);
        string text = longest.ToString();

        text.Should().HaveLength(CertificateBounds.MaxSanTextLength);
        SubjectAlternativeName.TryParse(text, out SubjectAlternativeName? again).Should().BeTrue();
        again.Should().Be(longest);
    }

    [Fact]
    public void TryParse_RejectsALongerTextWithoutAllocating()
    {
        string text = Label + new string('a', CertificateBounds.MaxSanTextLength - Label.Length + 1);

        SubjectAlternativeName.TryParse(text, out SubjectAlternativeName? name).Should().BeFalse();
        name.Should().BeNull();
        Allocation.Of(() => _ = SubjectAlternativeName.TryParse(text, out _)).Should().Be(0);
    }

    // A mapping that is not accessed uses no memory.
    [Fact]
    public unsafe void TryParse_RejectsAHugeTextWithoutReadingIt()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The mapping is sparse on Linux.");
        const int Length = 600_000_000;
        using MemoryMappedFile file = MemoryMappedFile.CreateNew(null, (long)Length * sizeof(char));
        using MemoryMappedViewAccessor view = file.CreateViewAccessor();
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        try
        {
            SubjectAlternativeName.TryParse(new ReadOnlySpan<char>(start, Length), out SubjectAlternativeName? name).Should().BeFalse();
            name.Should().BeNull();
        }
        finally
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }
    }
}
