using System.Text;
using CertAuth.Json;

namespace CertAuth.Tests.Json;

public sealed class JsonMemberNamesTests
{
    [Fact]
    public void Add_AcceptsUpToTheMaximum()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(100, JsonBounds.MaxMembers + 1)));
        JsonMemberNames names = default;

        for (int i = 0; i < JsonBounds.MaxMembers; i++)
            names.Add(text, text.AsSpan(3 * i, 3)).Should().Be(JsonReadStatus.Read);
        names.Add(text, text.AsSpan(3 * JsonBounds.MaxMembers, 3)).Should().Be(JsonReadStatus.Malformed);
    }

    [Fact]
    public void Add_DetectsEveryRepeatedName()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(100, JsonBounds.MaxMembers)));
        JsonMemberNames names = default;
        for (int i = 0; i < JsonBounds.MaxMembers; i++)
            names.Add(text, text.AsSpan(3 * i, 3));

        for (int i = 0; i < JsonBounds.MaxMembers; i++)
            names.Add(text, text.AsSpan(3 * i, 3)).Should().Be(JsonReadStatus.Repeated);
    }

    [Fact]
    public void Add_AcceptsTheEmptyNameOnce()
    {
        byte[] text = "abc"u8.ToArray();
        JsonMemberNames names = default;

        names.Add(text, text.AsSpan(1, 1)).Should().Be(JsonReadStatus.Read);
        names.Add(text, text.AsSpan(3, 0)).Should().Be(JsonReadStatus.Read);
        names.Add(text, text.AsSpan(2, 0)).Should().Be(JsonReadStatus.Repeated);
        names.Add(text, default).Should().Be(JsonReadStatus.Repeated);
    }
}
