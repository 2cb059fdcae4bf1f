namespace EdgeSlim.Reporting.Advice;

/// <summary>A builder that brings more of ASP.NET Core than most services on a device use.</summary>
internal static class FullBuilderRule
{
    // Measured on 'dotnet new web' with Native AOT: 16.53 MB uncompressed, and 8.39 MB with the slim builder. Compressed it is 7.28 and 3.73 MB.
    private const long Saved = 8_140_000;

    public static IEnumerable<SizeAdvice> Check(AdviceRequest request)
    {
        if (!request.IsCompiled || request.FullBuilder is not string place)
        {
            yield break;
        }

        yield return new SizeAdvice
        {
            Rule = "full-builder",
            Title = $"{place}: WebApplication.CreateSlimBuilder is smaller than CreateBuilder, by about {ByteText.Of(Saved)}",
            Text = "CreateBuilder adds HTTPS and HTTP/3, hosting in IIS, static web assets, regular expressions in routes, and more logging providers. Each of them can be added to the slim builder, such as HTTPS with builder.WebHost.UseKestrelHttpsConfiguration(). The figure is what the template 'web' was seen to save.",
            Bytes = Saved,
            IsMeasured = false,
        };
    }
}
