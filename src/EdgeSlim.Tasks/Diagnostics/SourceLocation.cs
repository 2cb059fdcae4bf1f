namespace EdgeSlim.Diagnostics;

/// <summary>A place in a file that the user wrote.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, counted from 1; 0 where only the file is known.</param>
/// <param name="Column">The column, counted from 1; 0 where it is not known.</param>
public sealed record SourceLocation(string File, int Line = 0, int Column = 0);
