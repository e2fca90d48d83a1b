namespace CertAuth.Tool.Writing;

/// <summary>The behavior if a file already exists.</summary>
internal enum OverwriteMode
{
    /// <summary>The file remains, and the call fails.</summary>
    Fail = 1,

    /// <summary>The file is replaced.</summary>
    Replace = 2,
}
