namespace EdgeSlim.Diagnostics;

/// <summary>
/// Every code that EdgeSlim can show. 1xxx publish and toolchain, 2xxx base, 3xxx image, 4xxx registry and delivery,
/// 5xxx gates, 6xxx trials, 7xxx deployment, 9xxx usage. Each has its text in <c>Resources/Strings.resx</c> and its page in
/// <c>docs/diagnostics</c>.
/// </summary>
public static class DiagnosticCodes
{
    /// <summary>No C compiler driver that can link.</summary>
    public const string NoCompilerDriver = "EDGE1001";

    /// <summary>No objcopy to strip symbols with.</summary>
    public const string NoStripTool = "EDGE1002";

    /// <summary>The static C library is missing.</summary>
    public const string NoStaticLibc = "EDGE1003";

    /// <summary>AOT was asked for, but the AOT compiler was not imported.</summary>
    public const string IlCompilerMissing = "EDGE1004";

    /// <summary>AOT for Linux on a host that is not Linux.</summary>
    public const string ForeignHost = "EDGE1005";

    /// <summary>The linker that was asked for is missing.</summary>
    public const string LinkerNotFound = "EDGE1006";

    /// <summary>The publish left no executable.</summary>
    public const string NoExecutable = "EDGE1007";

    /// <summary>Stripping a native library failed.</summary>
    public const string StripFailed = "EDGE1008";

    /// <summary>A library is needed and cannot be linked in here.</summary>
    public const string LibraryNotLinkable = "EDGE1009";

    /// <summary>There is no musl to link with.</summary>
    public const string NoMusl = "EDGE1016";

    /// <summary>The analysis warned of code that may not work in the mode.</summary>
    public const string ModeMayBreak = "EDGE1017";

    /// <summary>The mode is not the one in the lock file.</summary>
    public const string LockedModeChanged = "EDGE1018";

    /// <summary>A culture that ICU's data do not have.</summary>
    public const string UnknownCulture = "EDGE1020";

    /// <summary>ICU's data cannot be read.</summary>
    public const string IcuDataUnreadable = "EDGE1021";

    /// <summary>A runtime identifier of which no Linux image can be made.</summary>
    public const string NoPlatform = "EDGE1022";

    /// <summary>Two runtime identifiers of one platform.</summary>
    public const string SamePlatform = "EDGE1023";

    /// <summary>One runtime identifier beside a list of them.</summary>
    public const string OneBesideSeveral = "EDGE1024";

    /// <summary>The builds for two platforms write into one folder.</summary>
    public const string SharedFolder = "EDGE1025";

    /// <summary>There is no C library of another platform to link with.</summary>
    public const string NoSysRoot = "EDGE1026";

    /// <summary>The file that switches modules is malformed.</summary>
    public const string ModulesFileMalformed = "EDGE1030";

    /// <summary>A module is named that there is not.</summary>
    public const string UnknownModule = "EDGE1031";

    /// <summary>A module is off that another one, which is on, requires.</summary>
    public const string ModuleRequired = "EDGE1032";

    /// <summary>A module's name makes no name in C#, or the same as another's.</summary>
    public const string InvalidModuleName = "EDGE1033";

    /// <summary>The interpreter of a dynamically linked program is missing.</summary>
    public const string BaseCannotRun = "EDGE2001";

    /// <summary>The base image is for another platform.</summary>
    public const string BaseWrongPlatform = "EDGE2002";

    /// <summary>The base image cannot be read.</summary>
    public const string BaseUnreadable = "EDGE2003";

    /// <summary>The binary is for another processor than the image.</summary>
    public const string BinaryWrongPlatform = "EDGE2004";

    /// <summary>A file is not a sound ELF file.</summary>
    public const string InvalidElf = "EDGE2005";

    /// <summary>A library that a file needs is not found in the image.</summary>
    public const string LibraryMissing = "EDGE2006";

    /// <summary>A library in the image is too old for a file that needs it.</summary>
    public const string VersionMissing = "EDGE2007";

    /// <summary>No library in the image defines a symbol that a file needs.</summary>
    public const string SymbolMissing = "EDGE2008";

    /// <summary>A file is made for another C library than the image has.</summary>
    public const string WrongCLibrary = "EDGE2009";

    /// <summary>A container of the image cannot be started.</summary>
    public const string NotStartable = "EDGE2010";

    /// <summary>The interpreter of a script is missing.</summary>
    public const string ScriptInterpreterMissing = "EDGE2011";

    /// <summary>An EdgeNeed item names something that is not known.</summary>
    public const string UnknownNeed = "EDGE2020";

    /// <summary>The base does not give what the application breaks without.</summary>
    public const string NeedMissing = "EDGE2021";

    /// <summary>The base does not give something that the application asks for, and it may be able to do without.</summary>
    public const string NeedMayBeMissed = "EDGE2022";

    /// <summary>The AOT compiler's account cannot be read.</summary>
    public const string MstatUnreadable = "EDGE2023";

    /// <summary>Data of cultures is used, and there is none.</summary>
    public const string CultureDataUsed = "EDGE2024";

    /// <summary>Something depends on the culture, and there is only the invariant one.</summary>
    public const string CultureSensitiveUsed = "EDGE2025";

    /// <summary>A static executable opens a library at run time.</summary>
    public const string LibraryUnreachable = "EDGE2026";

    /// <summary>The build machine has no CA certificates for the image.</summary>
    public const string NoCaCertificates = "EDGE2040";

    /// <summary>The build machine has no time zones for the image.</summary>
    public const string NoTimeZones = "EDGE2041";

    /// <summary>No slice can be made of which the application could live.</summary>
    public const string NotSliceable = "EDGE2050";

    /// <summary>The application looks for something at run time that the slice does not have.</summary>
    public const string NotInSlice = "EDGE2051";

    /// <summary>A catalogue of bases cannot be read.</summary>
    public const string CatalogueUnreadable = "EDGE2060";

    /// <summary>There is no base of that name.</summary>
    public const string UnknownBase = "EDGE2061";

    /// <summary>The base has another C library, or an older one, than the application is made for.</summary>
    public const string BaseWrongCLibrary = "EDGE2062";

    /// <summary>The base has no image for such an application.</summary>
    public const string BaseHasNoImage = "EDGE2063";

    /// <summary>Nobody mends the base any more, or soon.</summary>
    public const string BaseEndOfLife = "EDGE2064";

    /// <summary>The lock file cannot be read.</summary>
    public const string LockFileUnreadable = "EDGE2065";

    /// <summary>Locked mode, and the base is not in the lock file.</summary>
    public const string BaseNotLocked = "EDGE2066";

    /// <summary>The base on disk is not the one of the lock file.</summary>
    public const string BaseDiffersFromLock = "EDGE2067";

    /// <summary>The registry does not answer, and the image of an earlier run is used.</summary>
    public const string BaseFromCache = "EDGE2068";

    /// <summary>The base lacks the runtime of a framework-dependent application.</summary>
    public const string RuntimeMissing = "EDGE2069";

    /// <summary>There is no shell for the debug image.</summary>
    public const string NoDebugShell = "EDGE2080";

    /// <summary>The executable contains glibc.</summary>
    public const string StaticGlibc = "EDGE2101";

    /// <summary>The repository name breaks the grammar.</summary>
    public const string InvalidRepository = "EDGE3001";

    /// <summary>A tag breaks the grammar.</summary>
    public const string InvalidTag = "EDGE3002";

    /// <summary>An entry of EdgeTags cannot be understood.</summary>
    public const string InvalidTagTemplate = "EDGE3003";

    /// <summary>A ContainerPort is not a port.</summary>
    public const string InvalidPort = "EDGE3004";

    /// <summary>An environment variable's name is not one.</summary>
    public const string InvalidEnvironmentVariable = "EDGE3005";

    /// <summary>The user is not known in the image.</summary>
    public const string InvalidUser = "EDGE3006";

    /// <summary>A file would land outside the image's folder.</summary>
    public const string InvalidTargetPath = "EDGE3007";

    /// <summary>Two files want one path in the image.</summary>
    public const string DuplicatePath = "EDGE3008";

    /// <summary>A file of the publish is gone.</summary>
    public const string PayloadFileMissing = "EDGE3009";

    /// <summary>The output cannot be written.</summary>
    public const string OutputNotWritable = "EDGE3010";

    /// <summary>SOURCE_DATE_EPOCH is not a time.</summary>
    public const string InvalidSourceDateEpoch = "EDGE3011";

    /// <summary>The image layout cannot be read.</summary>
    public const string LayoutDamaged = "EDGE3012";

    /// <summary>The working directory is not an absolute path.</summary>
    public const string InvalidWorkingDirectory = "EDGE3013";

    /// <summary>A label has no name.</summary>
    public const string InvalidLabel = "EDGE3014";

    /// <summary>The working directory is the root.</summary>
    public const string RootWorkingDirectory = "EDGE3015";

    /// <summary>What a stage left for the next one cannot be read.</summary>
    public const string StageFileUnreadable = "EDGE3016";

    /// <summary>The cache of compressed layers cannot be written.</summary>
    public const string CacheNotWritable = "EDGE3017";

    /// <summary>EdgeLayer metadata is not a name for a layer.</summary>
    public const string InvalidLayerName = "EDGE3018";

    /// <summary>The image would have too many layers.</summary>
    public const string TooManyLayers = "EDGE3019";

    /// <summary>The output folder belongs to another project.</summary>
    public const string OutputOfAnother = "EDGE3020";

    /// <summary>The output folder has an image layout that EdgeSlim did not make.</summary>
    public const string OutputNotOurs = "EDGE3021";

    /// <summary>Another build has replaced the image in the layout.</summary>
    public const string LayoutReplaced = "EDGE3022";

    /// <summary>An archive of docker's for an index of images.</summary>
    public const string ArchiveTakesOnePlatform = "EDGE3040";

    /// <summary>None of the images is for the machine whose engine is to take one.</summary>
    public const string NoImageForEngine = "EDGE3041";

    /// <summary>No git repository.</summary>
    public const string NoRepository = "EDGE3101";

    /// <summary>The repository has no commit yet.</summary>
    public const string UnbornHead = "EDGE3102";

    /// <summary>Git does not trust the repository.</summary>
    public const string RepositoryNotOwned = "EDGE3103";

    /// <summary>The repository cannot be read.</summary>
    public const string RepositoryUnreadable = "EDGE3104";

    /// <summary>The work tree differs from the commit.</summary>
    public const string DirtyWorkTree = "EDGE3105";

    /// <summary>The registry does not answer.</summary>
    public const string RegistryUnreachable = "EDGE4001";

    /// <summary>The registry hangs.</summary>
    public const string RegistryTimeout = "EDGE4002";

    /// <summary>The registry refuses the credentials.</summary>
    public const string Unauthorized = "EDGE4003";

    /// <summary>The account may not do this.</summary>
    public const string Forbidden = "EDGE4004";

    /// <summary>The registry name breaks the grammar.</summary>
    public const string InvalidRegistry = "EDGE4005";

    /// <summary>The registry answered something that the protocol does not allow here.</summary>
    public const string UnexpectedResponse = "EDGE4006";

    /// <summary>Bytes arrived that are not the ones that were asked for.</summary>
    public const string DigestMismatch = "EDGE4007";

    /// <summary>The file with the registry credentials cannot be read.</summary>
    public const string InvalidAuthFile = "EDGE4008";

    /// <summary>A credential helper failed.</summary>
    public const string CredentialHelperFailed = "EDGE4009";

    /// <summary>The archive cannot be written.</summary>
    public const string ArchiveNotWritable = "EDGE4010";

    /// <summary>There is no container engine to load the image into.</summary>
    public const string NoEngine = "EDGE4011";

    /// <summary>The container engine refused the image.</summary>
    public const string LoadFailed = "EDGE4012";

    /// <summary>The token service is not trusted.</summary>
    public const string UnsafeRealm = "EDGE4013";

    /// <summary>The linker's map cannot be read.</summary>
    public const string LinkMapUnreadable = "EDGE5001";

    /// <summary>What the compiler says of bytes cannot be read.</summary>
    public const string SizesUnknown = "EDGE5002";

    /// <summary>The image that is to be compared with has no report that can be read.</summary>
    public const string ComparedReportUnreadable = "EDGE5003";

    /// <summary>The image is larger than it may be.</summary>
    public const string ImageTooLarge = "EDGE5004";

    /// <summary>The image has grown more than it may.</summary>
    public const string ImageGrewTooMuch = "EDGE5005";

    /// <summary>There is no image to hold the growth against.</summary>
    public const string NothingToCompareWith = "EDGE5006";

    /// <summary>The image that EdgeCompareWith names is not there, or has no report beside it.</summary>
    public const string ComparedImageUnknown = "EDGE5007";

    /// <summary>The file with authorities for registries cannot be read.</summary>
    public const string CaFileUnreadable = "EDGE4014";

    /// <summary>The tag of a commit belongs to another image.</summary>
    public const string TagTaken = "EDGE4015";

    /// <summary>Too many keep the list of what refers to an image at once.</summary>
    public const string ReferrersContended = "EDGE4016";

    /// <summary>What NuGet restored cannot be read.</summary>
    public const string AssetsUnreadable = "EDGE5020";

    /// <summary>A vulnerability is as bad as the bar, or worse.</summary>
    public const string VulnerabilityFails = "EDGE5030";

    /// <summary>A vulnerability is below the bar.</summary>
    public const string VulnerabilityFound = "EDGE5031";

    /// <summary>There is no scanner.</summary>
    public const string NoScanner = "EDGE5032";

    /// <summary>The scanner failed.</summary>
    public const string ScannerFailed = "EDGE5033";

    /// <summary>The scanner does not end.</summary>
    public const string ScannerHangs = "EDGE5034";

    /// <summary>The scanner's answer cannot be understood.</summary>
    public const string ScannerNotUnderstood = "EDGE5035";

    /// <summary>The scanner has no database of vulnerabilities.</summary>
    public const string ScannerHasNoDatabase = "EDGE5036";

    /// <summary>An EdgeScanIgnore item is not complete.</summary>
    public const string InvalidScanIgnore = "EDGE5037";

    /// <summary>A gate failed.</summary>
    public const string GateFailed = "EDGE5039";

    /// <summary>A base comes from a source that is not allowed.</summary>
    public const string PolicyBaseSource = "EDGE5060";

    /// <summary>A base is not named by its digest.</summary>
    public const string PolicyBaseDigest = "EDGE5061";

    /// <summary>The image runs as root.</summary>
    public const string PolicyRootUser = "EDGE5062";

    /// <summary>There is an SSH server in the image.</summary>
    public const string PolicySshServer = "EDGE5063";

    /// <summary>There is a shell in the image.</summary>
    public const string PolicyShell = "EDGE5064";

    /// <summary>There is a package manager in the image.</summary>
    public const string PolicyPackageManager = "EDGE5065";

    /// <summary>A file gives its owner's rights to whoever starts it.</summary>
    public const string PolicySetUserId = "EDGE5066";

    /// <summary>Everybody may write files of the image.</summary>
    public const string PolicyWorldWritable = "EDGE5067";

    /// <summary>There is a secret in the image.</summary>
    public const string PolicySecret = "EDGE5068";

    /// <summary>There is a compiler or a debugger in the image.</summary>
    public const string PolicyCompiler = "EDGE5069";

    /// <summary>There are debug symbols in the image.</summary>
    public const string PolicyDebugSymbols = "EDGE5070";

    /// <summary>The image exposes a port that only root may open.</summary>
    public const string PolicyLowPort = "EDGE5071";

    /// <summary>The image is larger than the policy allows.</summary>
    public const string PolicySize = "EDGE5072";

    /// <summary>A label that images have to have is missing.</summary>
    public const string PolicyLabel = "EDGE5073";

    /// <summary>A critical vulnerability is known.</summary>
    public const string PolicyCriticalFinding = "EDGE5074";

    /// <summary>The policy cannot be understood.</summary>
    public const string PolicyMalformed = "EDGE5080";

    /// <summary>There is no program that evaluates Rego.</summary>
    public const string NoPolicyEngine = "EDGE5081";

    /// <summary>The rules are no Rego.</summary>
    public const string RegoInvalid = "EDGE5082";

    /// <summary>The program that evaluates Rego failed.</summary>
    public const string PolicyEngineFailed = "EDGE5083";

    /// <summary>The program that evaluates Rego does not end.</summary>
    public const string PolicyEngineHangs = "EDGE5084";

    /// <summary>The answer of the program that evaluates Rego cannot be understood.</summary>
    public const string PolicyEngineNotUnderstood = "EDGE5085";

    /// <summary>A rule of the user's denies the image.</summary>
    public const string PolicyDenies = "EDGE5086";

    /// <summary>A rule of the user's warns of the image.</summary>
    public const string PolicyWarns = "EDGE5087";

    /// <summary>Nothing on this machine can try the image.</summary>
    public const string NoTrialEngine = "EDGE6001";

    /// <summary>The container engine cannot run the image.</summary>
    public const string TrialEngineFailed = "EDGE6002";

    /// <summary>An amount cannot be read.</summary>
    public const string InvalidQuantity = "EDGE6003";

    /// <summary>The application ends when it should run.</summary>
    public const string TrialCrashed = "EDGE6004";

    /// <summary>The application never gets ready.</summary>
    public const string TrialNeverReady = "EDGE6005";

    /// <summary>The application takes too long to get ready.</summary>
    public const string TrialSlowStart = "EDGE6006";

    /// <summary>The kernel kills the application for its memory.</summary>
    public const string TrialOutOfMemory = "EDGE6007";

    /// <summary>The application holds more memory than it may.</summary>
    public const string TrialTooMuchMemory = "EDGE6008";

    /// <summary>The application does not end when it is asked to.</summary>
    public const string TrialStopIgnored = "EDGE6009";

    /// <summary>The application fails while it ends.</summary>
    public const string TrialStopFailed = "EDGE6010";

    /// <summary>The port of the application cannot be asked.</summary>
    public const string TrialPortUnreachable = "EDGE6011";

    /// <summary>There is no image to try.</summary>
    public const string NothingToTry = "EDGE6012";

    /// <summary>An item of the trial cannot be used.</summary>
    public const string InvalidTrialItem = "EDGE6013";

    /// <summary>An item of the manifests cannot be used.</summary>
    public const string InvalidManifestItem = "EDGE7001";

    /// <summary>There is no image to deploy.</summary>
    public const string NothingToDeploy = "EDGE7002";

    /// <summary>The image runs as root, or as a user whose number nobody knows.</summary>
    public const string ImageUserUnfit = "EDGE7003";

    /// <summary>A file is in the way of a manifest.</summary>
    public const string ManifestInTheWay = "EDGE7004";

    /// <summary>The limits that trials found cannot be read.</summary>
    public const string LimitsUnreadable = "EDGE7005";

    /// <summary>Something is missing for a canary.</summary>
    public const string CanaryIncomplete = "EDGE7007";

    /// <summary>The bundle cannot be written.</summary>
    public const string BundleNotWritable = "EDGE7010";

    /// <summary>The bundle is for a site that there is not.</summary>
    public const string UnknownBundleSite = "EDGE7011";

    /// <summary>What is to be promoted is not named by its digest.</summary>
    public const string PromoteNotByDigest = "EDGE7020";

    /// <summary>It is not said where to promote an image to.</summary>
    public const string InvalidPromotionTarget = "EDGE7021";

    /// <summary>There is no image to promote.</summary>
    public const string NothingToPromote = "EDGE7022";

    /// <summary>The engine does not hold the limits of the trial.</summary>
    public const string TrialLimitsNotHeld = "EDGE6014";

    /// <summary>The engine cannot hold the application to a seccomp profile.</summary>
    public const string TrialCannotFilter = "EDGE6015";

    /// <summary>The image does not work as the application does, and is made in the next mode.</summary>
    public const string TrialNextMode = "EDGE6016";

    /// <summary>The image does not work as the application does.</summary>
    public const string TrialBlocked = "EDGE6017";

    /// <summary>The application fails without any packaging too.</summary>
    public const string TrialNotProven = "EDGE6018";

    /// <summary>The image is suspected not to work, and there is no control.</summary>
    public const string TrialWithoutControl = "EDGE6019";

    /// <summary>Under load, answers take too long.</summary>
    public const string StressTooSlow = "EDGE6020";

    /// <summary>Under load, too many requests fail.</summary>
    public const string StressErrors = "EDGE6021";

    /// <summary>Under load, the application holds more memory than it may.</summary>
    public const string StressTooMuchMemory = "EDGE6022";

    /// <summary>Under load, the kernel kills the application for its memory.</summary>
    public const string StressOutOfMemory = "EDGE6023";

    /// <summary>Under load, the application ends.</summary>
    public const string StressRestarted = "EDGE6024";

    /// <summary>Under load, memory grows all the time.</summary>
    public const string StressLeaks = "EDGE6025";

    /// <summary>The command that makes the load fails.</summary>
    public const string StressCommandFailed = "EDGE6026";

    /// <summary>There is nothing that makes noise.</summary>
    public const string StressNoNoise = "EDGE6027";

    /// <summary>No smaller limits can be found.</summary>
    public const string StressNoLimits = "EDGE6028";

    /// <summary>The machine is too busy for the load.</summary>
    public const string StressBusyMachine = "EDGE6029";

    /// <summary>There is nothing to watch an image with.</summary>
    public const string NoTracer = "EDGE6040";

    /// <summary>No engine shows the process of a container before it starts.</summary>
    public const string NoProfileEngine = "EDGE6041";

    /// <summary>The image is for another processor than this machine's.</summary>
    public const string ForeignProcessor = "EDGE6042";

    /// <summary>The tracer fails.</summary>
    public const string TracerFailed = "EDGE6043";

    /// <summary>The application does not do under its seccomp profile what it does without.</summary>
    public const string ProfileBreaks = "EDGE6044";

    /// <summary>The application asked for system calls that its profile refuses, and did well all the same.</summary>
    public const string SyscallsRefused = "EDGE6045";

    /// <summary>What was to be done with the application failed.</summary>
    public const string ExerciseFailed = "EDGE6046";

    /// <summary>There is no system call of that name.</summary>
    public const string UnknownSyscall = "EDGE6047";

    /// <summary>The token service is in a private network, and the registry is not.</summary>
    public const string PrivateRealm = "EDGE4017";

    /// <summary>A configuration file cannot be read.</summary>
    public const string ConfigFileUnreadable = "EDGE7040";

    /// <summary>The configuration files are too large for a ConfigMap.</summary>
    public const string ConfigTooLarge = "EDGE7041";

    /// <summary>A configuration file is no text.</summary>
    public const string ConfigFileNotText = "EDGE7042";

    /// <summary>Two configuration files have one key.</summary>
    public const string DuplicateConfigKey = "EDGE7043";

    /// <summary>A configuration file's key is none that a ConfigMap takes.</summary>
    public const string InvalidConfigKey = "EDGE7044";

    /// <summary>A configuration file is no JSON that .NET reads settings from.</summary>
    public const string SettingsMalformed = "EDGE7045";

    /// <summary>An EdgeSecret item cannot be used.</summary>
    public const string InvalidSecretReference = "EDGE7046";

    /// <summary>There is a secret in a configuration file.</summary>
    public const string SecretInConfigFile = "EDGE7047";

    /// <summary>A setting of a configuration file has the name of a secret.</summary>
    public const string SettingLooksSecret = "EDGE7048";

    /// <summary>Settings of one environment are not in the image, and nothing reads them from outside.</summary>
    public const string SettingsNotRead = "EDGE7049";

    /// <summary>What would be deployed did not pass the gates of its build.</summary>
    public const string NotPassed = "EDGE7050";

    /// <summary>Limits or a seccomp profile are of another image.</summary>
    public const string ResultOfAnotherImage = "EDGE7051";

    /// <summary>An image of a changed work tree cannot be built again.</summary>
    public const string ReproduceDirty = "EDGE5040";

    /// <summary>There is no commit that could be built again.</summary>
    public const string NothingToReproduce = "EDGE5041";

    /// <summary>There is no clean copy of the commit.</summary>
    public const string CleanCopyFailed = "EDGE5042";

    /// <summary>The second build fails.</summary>
    public const string SecondBuildFailed = "EDGE5043";

    /// <summary>The second build gives another image.</summary>
    public const string NotReproducible = "EDGE5044";

    /// <summary>The tool that signs is missing.</summary>
    public const string NoSigner = "EDGE5110";

    /// <summary>The image cannot be signed.</summary>
    public const string SigningFailed = "EDGE5111";

    /// <summary>The signature does not hold.</summary>
    public const string SignatureDoesNotHold = "EDGE5112";

    /// <summary>The tool that signs does not end.</summary>
    public const string SignerHangs = "EDGE5113";

    /// <summary>It is not known whose signature to look for.</summary>
    public const string SignerUnknown = "EDGE5114";

    /// <summary>A registry gives back another manifest than it was sent.</summary>
    public const string PulledBackDiffers = "EDGE4018";

    /// <summary>The project is not an executable.</summary>
    public const string NotExecutable = "EDGE9002";

    /// <summary>The project has several target frameworks.</summary>
    public const string MultiTargeted = "EDGE9003";

    /// <summary>A property has a value that it cannot have.</summary>
    public const string InvalidPropertyValue = "EDGE9004";

    /// <summary>EdgeImage was asked for while EdgeSlim is off.</summary>
    public const string Disabled = "EDGE9005";

    /// <summary>A property, an item or a target is used under an old name.</summary>
    public const string Renamed = "EDGE9006";

    /// <summary>In locked mode, the image's own lock file is missing.</summary>
    public const string NoImageLock = "EDGE9007";

    /// <summary>The build of a file's image ends without an error of its own.</summary>
    public const string FileBuildFailed = "EDGE9008";

    /// <summary>The project runs in a browser.</summary>
    public const string RunsInBrowser = "EDGE9009";
}
