namespace CertAuth.Tests.Vocabulary;

public sealed class SourceTests
{
    [Fact]
    public void Fixed_ReturnsTheValue()
    {
        string value = new('x', 3);
        ISource<string> source = Source.Fixed(value);

        source.Current.Should().BeSameAs(value);
        source.Current.Should().BeSameAs(value, "the value never changes");
    }

    [Fact]
    public void Fixed_Throws_ForNull() =>
        FluentActions.Invoking(() => Source.Fixed<string>(null!)).Should().ThrowExactly<ArgumentNullException>();
}
