using System.Text.Json;
using EdgeSlim.Tests;
using Microsoft.Build.Exceptions;
using Microsoft.Build.Execution;

// Each line of the input is a request. Each answer is a line: NUL, 0 or 1 as an exit code, and what MSBuild printed, as JSON.
while (Console.ReadLine() is string line)
{
    (bool Succeeded, string Output) result;
    try
    {
        BuildRequest request = JsonSerializer.Deserialize<BuildRequest>(line)!;
        result = request.Recording is string recording
            ? Publish(request, recording)
            : InProcessBuild.Run(InProcessBuild.Evaluate(request.Project, request.Properties), [.. request.Targets], request.Verbosity, request.Environment);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidProjectFileException)
    {
        result = (false, e.ToString());
    }

    Console.WriteLine($"\0{(result.Succeeded ? 0 : 1)}{JsonSerializer.Serialize(result.Output)}");
}

static (bool Succeeded, string Output) Publish(BuildRequest request, string recording)
{
    string all = "";
    Dictionary<string, string> restore = new(request.Properties) { ["MSBuildRestoreSessionId"] = Guid.NewGuid().ToString() };
    if (!Run(InProcessBuild.Evaluate(request.Project, restore), "Restore"))
    {
        return (false, all);
    }

    // The checks before a build run wherever the recording is used: what they find out is no part of it.
    ProjectInstance before = InProcessBuild.Evaluate(request.Project, request.Properties);
    ProjectInstance after = before.DeepCopy(isImmutable: false);
    if (!Run(before, "BeforeBuild") || !Run(after, "Publish"))
    {
        return (false, all);
    }

    // The file is there when everything else is.
    PublishOutput.Of(before, after).Save(recording + ".tmp");
    File.Move(recording + ".tmp", recording, overwrite: true);
    return (true, all);

    bool Run(ProjectInstance project, string target)
    {
        (bool succeeded, string output) = InProcessBuild.Run(project, [target], request.Verbosity, request.Environment);
        all += output;
        return succeeded;
    }
}
