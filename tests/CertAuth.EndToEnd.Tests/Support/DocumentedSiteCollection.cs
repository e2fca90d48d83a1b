namespace CertAuth.EndToEnd.Tests.Support;

/// <summary>The tests that share a <see cref="DocumentedSite"/>: one after the other, so that a new line of its log is one login's.</summary>
[CollectionDefinition(DocumentedSite.Collection)]
public sealed class DocumentedSiteCollection : ICollectionFixture<DocumentedSite>;
