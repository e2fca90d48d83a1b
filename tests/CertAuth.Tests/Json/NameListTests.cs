using System.Text;
using CertAuth.Json;

namespace CertAuth.Tests.Json;

public sealed class NameListTests
{
    [Fact]
    public void Add_TakesAsManyNamesAsItHasRoomFor()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(100, NameList.MaxMembers + 1)));
        NameList names = default;

        for (int i = 0; i < NameList.MaxMembers; i++)
            Assert.Equal(JsonStep.Read, names.Add(text, text.AsSpan(3 * i, 3)));
        Assert.Equal(JsonStep.Malformed, names.Add(text, text.AsSpan(3 * NameList.MaxMembers, 3)));
    }

    [Fact]
    public void Add_FindsEveryNameAgain()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(100, NameList.MaxMembers)));
        NameList names = default;
        for (int i = 0; i < NameList.MaxMembers; i++)
            names.Add(text, text.AsSpan(3 * i, 3));

        for (int i = 0; i < NameList.MaxMembers; i++)
            Assert.Equal(JsonStep.Repeated, names.Add(text, text.AsSpan(3 * i, 3)));
    }

    [Fact]
    public void Add_TakesTheEmptyNameOnceWhereverItStands()
    {
        byte[] text = "abc"u8.ToArray();
        NameList names = default;

        Assert.Equal(JsonStep.Read, names.Add(text, text.AsSpan(1, 1)));
        Assert.Equal(JsonStep.Read, names.Add(text, text.AsSpan(3, 0)));
        Assert.Equal(JsonStep.Repeated, names.Add(text, text.AsSpan(2, 0)));
        Assert.Equal(JsonStep.Repeated, names.Add(text, default));
    }
}
