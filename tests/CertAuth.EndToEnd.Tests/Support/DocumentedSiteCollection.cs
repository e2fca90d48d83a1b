namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>The tests that share a <see cref="DocumentedSite"/>. They run sequentially, so that a new line of its log belongs to the
/// current login.</summary>
[CollectionDefinition(DocumentedSite.Collection)]
public sealed class DocumentedSiteCollection : ICollectionFixture<DocumentedSite>;
