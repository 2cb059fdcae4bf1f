using EdgeSlim.Diagnostics;
using EdgeSlim.Git;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>
/// Which project a folder with images belongs to: a file in it has the project's path in its work tree, and its name. A second
/// project with the same folder would replace the image of the first one, and what is known of that would be believed of this.
/// </summary>
internal static class OutputOwner
{
    /// <summary>The file that names the project.</summary>
    public const string FileName = ".edgeslim";

    private const string LayoutFolder = "oci";

    /// <summary>Takes a folder for a project, unless another one has it.</summary>
    /// <param name="folder">The folder that images and what is known of them are written to.</param>
    /// <param name="projectFile">The project.</param>
    /// <param name="name">The name of its application.</param>
    /// <param name="isChosen">Whether the user chose the folder: then there may be something in it that is not EdgeSlim's.</param>
    /// <exception cref="EdgeException">
    /// Another project has it (EDGE3020), something else wrote an image layout into it (EDGE3021), or it cannot be written (EDGE3010).
    /// </exception>
    public static void Claim(string folder, string projectFile, string name, bool isChosen)
    {
        string file = Path.Combine(folder, FileName);
        string owner = $"{RepositoryRoot.Relative(projectFile)} ({name})";
        try
        {
            if (!File.Exists(file))
            {
                if (isChosen && File.Exists(Path.Combine(folder, LayoutFolder, ImageLayout.IndexFile)))
                {
                    throw new EdgeException(DiagnosticCodes.OutputNotOurs, Path.Combine(folder, LayoutFolder), Proposal(folder, name));
                }

                Directory.CreateDirectory(folder);
                TryWrite(file, owner);
            }

            string found = File.ReadAllText(file).Trim();
            if (found != owner)
            {
                throw new EdgeException(DiagnosticCodes.OutputOfAnother, folder, found, owner, Proposal(folder, name));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, folder, e.Message);
        }
    }

    // Two builds may begin at the same time: the file appears whole, and that of the first one stays.
    private static void TryWrite(string file, string owner)
    {
        string temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        File.WriteAllText(temporary, owner + "\n");
        try
        {
            File.Move(temporary, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(temporary);
        }
    }

    private static string Proposal(string folder, string name) => Path.Combine(folder, name) + Path.DirectorySeparatorChar;
}
