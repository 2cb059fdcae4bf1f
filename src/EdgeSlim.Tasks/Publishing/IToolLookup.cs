namespace EdgeSlim.Publishing;

/// <summary>What can be asked of the machine's tools; the seam between deciding and looking.</summary>
public interface IToolLookup
{
    /// <summary>Finds a program.</summary>
    /// <param name="name">A name to look for on PATH, or a path.</param>
    /// <returns>Its path; null where it is not there.</returns>
    string? Find(string name);

    /// <summary>Asks a compiler driver where it finds a file of the target's C library.</summary>
    /// <param name="compilerDriver">The driver.</param>
    /// <param name="target">What is compiled for.</param>
    /// <param name="file">Such as <c>libc.a</c>.</param>
    /// <returns>The path; null where the driver does not find it.</returns>
    string? FindLibrary(string compilerDriver, CompilationTarget target, string file);

    /// <summary>Whether there is a file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Whether it is there.</returns>
    bool HasFile(string path);

    /// <summary>Whether a file contains a text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">ASCII text.</param>
    /// <returns>Whether the text is in there.</returns>
    bool Contains(string path, string text);
}
