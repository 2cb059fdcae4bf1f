using System.ComponentModel;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Publishing;

namespace EdgeSlim.Delivery.Signing;

/// <summary>Has what is in a registry signed, and looks whether the signature holds.</summary>
public sealed class ImageSigner
{
    private static readonly ISigner[] Known = [new CosignSigner(), new NotationSigner()];

    private readonly ISigner _signer;
    private readonly string _program;
    private readonly SigningSettings _settings;

    private ImageSigner(ISigner signer, string program, SigningSettings settings)
    {
        _signer = signer;
        _program = program;
        _settings = settings;
    }

    /// <summary>What people call the tool.</summary>
    public string Name => _signer.Name;

    /// <summary>Who signs, as a note of what was signed says it.</summary>
    internal string Signature => $"{Name} {_settings.Key}{_settings.Identity}";

    /// <summary>Finds the tool.</summary>
    /// <param name="asked">EdgeSign: <c>off</c>, <c>auto</c>, a name or a path.</param>
    /// <param name="settings">With what is signed.</param>
    /// <param name="tools">This machine's tools.</param>
    /// <returns>The tool; null where nothing is to be signed, or there is none and there need not be one.</returns>
    /// <exception cref="EdgeException">It is not there (EDGE5110), or it is not known whose signature to look for (EDGE5114).</exception>
    public static ImageSigner? Find(string asked, SigningSettings settings, IToolLookup tools)
    {
        if (asked.Length == 0 || asked.Equals("off", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        bool isAuto = asked.Equals("auto", StringComparison.OrdinalIgnoreCase);
        string[] names = isAuto ? [.. Known.Select(s => s.Name)] : [asked];
        if (names.Select(tools.Find).FirstOrDefault(p => p is not null) is not string program)
        {
            return isAuto ? null : throw new EdgeException(DiagnosticCodes.NoSigner, asked);
        }

        // A wrapper script has a name of its own, and cosign's manners.
        ISigner signer = Known.FirstOrDefault(s => Path.GetFileName(program).Contains(s.Name, StringComparison.OrdinalIgnoreCase)) ?? Known[0];
        // What cannot be verified is found out before anything is pushed.
        signer.Verify(program, new SigningTarget("", false, settings));
        return new ImageSigner(signer, program, settings);
    }

    /// <summary>Signs something that is in a registry, and looks whether the signature holds.</summary>
    /// <param name="reference">Its name, by digest.</param>
    /// <param name="isPlain">Whether the registry is spoken to without TLS.</param>
    /// <param name="environment">Variables for the tool, such as where it finds the credentials of the registry.</param>
    /// <param name="mayBeSigned">Whether it may have a signature already; where that holds it gets no other.</param>
    /// <param name="cancellationToken">Ends the tool.</param>
    /// <returns>Whether it was signed now.</returns>
    /// <exception cref="EdgeException">
    /// It cannot be signed (EDGE5111), its signature does not hold (EDGE5112), or the tool hangs (EDGE5113).
    /// </exception>
    public async Task<bool> SignAsync(
        string reference, bool isPlain, IReadOnlyDictionary<string, string> environment, bool mayBeSigned, CancellationToken cancellationToken)
    {
        SigningTarget target = new(reference, isPlain, _settings);
        ProcessRequest verify = _signer.Verify(_program, target) with { Environment = environment };
        if (mayBeSigned && (await RunAsync(verify, cancellationToken)).ExitCode == 0)
        {
            return false;
        }

        await MustAsync(_signer.Sign(_program, target) with { Environment = environment }, DiagnosticCodes.SigningFailed, reference, cancellationToken);
        await MustAsync(verify, DiagnosticCodes.SignatureDoesNotHold, reference, cancellationToken);
        return true;
    }

    private async Task MustAsync(ProcessRequest request, string code, string reference, CancellationToken cancellationToken)
    {
        ProcessResult result = await RunAsync(request, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new EdgeException(code, Name, reference, $"exit code {result.ExitCode}: {result.LastErrorLine}");
        }
    }

    private async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_settings.Timeout);
        try
        {
            return await ExternalProcess.RunAsync(request, limit.Token);
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.SigningFailed, Name, request.Arguments[^1], e.Message);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EdgeException(e, DiagnosticCodes.SignerHangs, Name, request.Arguments[^1], (int)_settings.Timeout.TotalSeconds);
        }
    }
}
