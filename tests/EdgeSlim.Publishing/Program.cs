using EdgeSlim.Tests;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;

// One process publishes all applications of a run of the tests: MSBuild takes seconds to start. Each line of the input names a
// project, where its recording goes, and options, with tabs between. Each answer ends with a line of a NUL and 0 or 1.
while (Console.ReadLine() is string request)
{
    string[] parts = request.Split('\t');
    bool succeeded;
    try
    {
        succeeded = Publish(parts[0], parts[1], parts[2..]);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException or Microsoft.Build.Exceptions.InvalidProjectFileException)
    {
        Console.WriteLine(e);
        succeeded = false;
    }

    Console.WriteLine($"\0{(succeeded ? 0 : 1)}");
}

static bool Publish(string project, string recording, string[] options)
{
    // What 'dotnet publish' hands to MSBuild.
    Dictionary<string, string> properties = new()
    {
        ["Configuration"] = "Release",
        ["_IsPublishing"] = "true",
    };
    foreach (string option in options)
    {
        string[] parts = option.Split('=', 2);
        properties[parts[0]] = parts[1];
    }

    if (!Run(InProcessBuild.Evaluate(project, new Dictionary<string, string>(properties) { ["MSBuildRestoreSessionId"] = Guid.NewGuid().ToString() }), "Restore"))
    {
        return false;
    }

    // The checks before a build run wherever the recording is used: what they find out is no part of it.
    ProjectInstance before = InProcessBuild.Evaluate(project, properties);
    ProjectInstance after = before.DeepCopy(isImmutable: false);
    if (!Run(before, "BeforeBuild") || !Run(after, "Publish"))
    {
        return false;
    }

    // The file is there when everything else is.
    PublishOutput.Of(before, after).Save(recording + ".tmp");
    File.Move(recording + ".tmp", recording, overwrite: true);
    return true;
}

static bool Run(ProjectInstance project, string target)
{
    (bool succeeded, string output) = InProcessBuild.Run(project, [target], LoggerVerbosity.Minimal, new Dictionary<string, string?>());
    Console.WriteLine(output);
    return succeeded;
}
