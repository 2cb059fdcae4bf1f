namespace EdgeSlim.Reproduction;

/// <summary>A folder for a while, which only this user can look into.</summary>
public sealed class WorkRoom : IDisposable
{
    private const int Tries = 20;

    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("edgeslim-reproduce-").FullName;

    /// <summary>A path in it.</summary>
    /// <param name="relative">The path, relative to the folder.</param>
    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    /// <summary>Removes it. What a build that was ended is still writing may come in between for a moment.</summary>
    public void Dispose()
    {
        for (int i = 0; i < Tries && Directory.Exists(Path); i++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(100);
            }
        }
    }
}
