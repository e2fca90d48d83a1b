namespace CertAuth.Der;

/// <summary>The position of a PEM block in a file.</summary>
/// <param name="Block">The number of the block, counted from 1; 0 if the file has no blocks.</param>
/// <param name="Line">The number of the line at which the block begins, counted from 1; 0 if the file has no blocks.</param>
internal readonly record struct PemLocation(int Block, int Line);
