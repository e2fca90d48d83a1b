using System.Text;
using CertAuth.Json;
using FluentAssertions;

namespace CertAuth.Tests.Json;

public sealed class NameListTests
{
    [Fact]
    public void Add_TakesAsManyNamesAsItHasRoomFor()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(100, NameList.MaxMembers + 1)));
        NameList names = default;

        for (int i = 0; i < NameList.MaxMembers; i++)
            names.Add(text, text.AsSpan(3 * i, 3)).Should().Be(JsonStep.Read);
        names.Add(text, text.AsSpan(3 * NameList.MaxMembers, 3)).Should().Be(JsonStep.Malformed);
    }

    [Fact]
    public void Add_FindsEveryNameAgain()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(100, NameList.MaxMembers)));
        NameList names = default;
        for (int i = 0; i < NameList.MaxMembers; i++)
            names.Add(text, text.AsSpan(3 * i, 3));

        for (int i = 0; i < NameList.MaxMembers; i++)
            names.Add(text, text.AsSpan(3 * i, 3)).Should().Be(JsonStep.Repeated);
    }

    [Fact]
    public void Add_TakesTheEmptyNameOnceWhereverItStands()
    {
        byte[] text = "abc"u8.ToArray();
        NameList names = default;

        names.Add(text, text.AsSpan(1, 1)).Should().Be(JsonStep.Read);
        names.Add(text, text.AsSpan(3, 0)).Should().Be(JsonStep.Read);
        names.Add(text, text.AsSpan(2, 0)).Should().Be(JsonStep.Repeated);
        names.Add(text, default).Should().Be(JsonStep.Repeated);
    }
}
