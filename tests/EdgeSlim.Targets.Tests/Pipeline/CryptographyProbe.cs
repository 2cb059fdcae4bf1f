#pragma warning disable CA5350, CA5351, CA5384, CA5358, SYSLIB0021
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>Computes with each algorithm that .NET has from OpenSSL. It is compiled into a test application as well.</summary>
internal static class CryptographyProbe
{
    private static readonly byte[] Data = Encoding.ASCII.GetBytes("the quick brown fox jumps over..");
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static IEnumerable<string> Lines() =>
        Hashes().Concat(Ciphers()).Select(r => $"{r.Name} {Convert.ToHexString(r.Value)}")
            .Concat(Agreements().Concat(Certificates()).Select(r => $"{r.Name} {(r.Value ? "works" : "fails")}"));

    private static IEnumerable<(string Name, byte[] Value)> Hashes() =>
    [
        ("MD5", MD5.HashData(Data)),
        ("SHA-1", SHA1.HashData(Data)),
        ("SHA-256", SHA256.HashData(Data)),
        ("SHA-384", SHA384.HashData(Data)),
        ("SHA-512", SHA512.HashData(Data)),
        ("SHA3-256", SHA3_256.HashData(Data)),
        ("SHA3-384", SHA3_384.HashData(Data)),
        ("SHA3-512", SHA3_512.HashData(Data)),
        ("SHAKE128", Shake128.HashData(Data, 20)),
        ("SHAKE256", Shake256.HashData(Data, 20)),
        ("HMAC-MD5", HMACMD5.HashData(Key, Data)),
        ("HMAC-SHA-256", HMACSHA256.HashData(Key, Data)),
        ("HMAC-SHA3-512", HMACSHA3_512.HashData(Key, Data)),
        ("KMAC128", Kmac128.HashData(Key, Data, 20)),
        ("KMAC256", Kmac256.HashData(Key, Data, 20)),
        ("PBKDF2", Rfc2898DeriveBytes.Pbkdf2("secret", Key, 1000, HashAlgorithmName.SHA256, 20)),
        ("HKDF", HKDF.DeriveKey(HashAlgorithmName.SHA384, Key, 20)),
        ("SP800-108", SP800108HmacCounterKdf.DeriveBytes(Key, HashAlgorithmName.SHA256, "label", "context", 20)),
    ];

    private static IEnumerable<(string Name, byte[] Value)> Ciphers()
    {
        byte[] tag = new byte[16];
        byte[] sealedData = new byte[Data.Length];
        byte[] nonce = Key[..12];
        using (Aes aes = Aes.Create())
        {
            aes.Key = Key;
            yield return ("AES-CBC", aes.EncryptCbc(Data, Key[..16]));
            yield return ("AES-ECB", aes.EncryptEcb(Data, PaddingMode.PKCS7));
            yield return ("AES-CFB", aes.EncryptCfb(Data, Key[..16], feedbackSizeInBits: 128));
            yield return ("AES-CFB8", aes.EncryptCfb(Data, Key[..16]));
            yield return ("AES-KWP", aes.EncryptKeyWrapPadded(Data));
        }

        using (TripleDES triple = TripleDES.Create())
        {
            triple.Key = Key[..24];
            yield return ("3DES-CBC", triple.EncryptCbc(Data, Key[..8]));
        }

        using (AesGcm gcm = new(Key, tag.Length))
        {
            gcm.Encrypt(nonce, Data, sealedData, tag);
            yield return ("AES-GCM", [.. sealedData, .. tag]);
        }

        using (AesCcm ccm = new(Key))
        {
            ccm.Encrypt(nonce, Data, sealedData, tag);
            yield return ("AES-CCM", [.. sealedData, .. tag]);
        }

        using ChaCha20Poly1305 chacha = new(Key);
        chacha.Encrypt(nonce, Data, sealedData, tag);
        yield return ("ChaCha20-Poly1305", [.. sealedData, .. tag]);
    }

    private static IEnumerable<(string Name, bool Value)> Agreements()
    {
        using (RSA rsa = RSA.Create(2048))
        {
            byte[] pss = rsa.SignData(Data, HashAlgorithmName.SHA512, RSASignaturePadding.Pss);
            byte[] pkcs1 = rsa.SignData(Data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            byte[] oaep = rsa.Encrypt(Data, RSAEncryptionPadding.OaepSHA256);
            yield return ("RSA-PSS", rsa.VerifyData(Data, pss, HashAlgorithmName.SHA512, RSASignaturePadding.Pss));
            yield return ("RSA-PKCS1", rsa.VerifyData(Data, pkcs1, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            yield return ("RSA-OAEP", rsa.Decrypt(oaep, RSAEncryptionPadding.OaepSHA256).SequenceEqual(Data));
        }

        foreach (string curve in (string[])["nistP256", "nistP384", "nistP521", "secP256k1", "brainpoolP256r1"])
        {
            using ECDsa signer = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
            using ECDsa verifier = ECDsa.Create(signer.ExportParameters(includePrivateParameters: false));
            yield return ($"ECDSA on {curve}", verifier.VerifyData(Data, signer.SignData(Data, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));

            using ECDiffieHellman here = ECDiffieHellman.Create(ECCurve.CreateFromFriendlyName(curve));
            using ECDiffieHellman there = ECDiffieHellman.Create(ECCurve.CreateFromFriendlyName(curve));
            yield return ($"ECDH on {curve}", here.DeriveKeyFromHash(there.PublicKey, HashAlgorithmName.SHA256)
                .SequenceEqual(there.DeriveKeyFromHash(here.PublicKey, HashAlgorithmName.SHA256)));
        }

        using DSA dsa = DSA.Create(1024);
        yield return ("DSA", dsa.VerifyData(Data, dsa.SignData(Data, HashAlgorithmName.SHA1), HashAlgorithmName.SHA1));
    }

    private static IEnumerable<(string Name, bool Value)> Certificates()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=probe", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using X509Certificate2 again = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx, "secret"), "secret");
        yield return ("PKCS#12", again.HasPrivateKey && again.Thumbprint == certificate.Thumbprint);

        using X509Chain chain = new();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(certificate);
        yield return ("chain", chain.Build(again));

        PbeParameters encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        using ECDsa imported = ECDsa.Create();
        imported.ImportFromEncryptedPem(key.ExportEncryptedPkcs8PrivateKeyPem("secret", encryption), "secret");
        yield return ("PEM", imported.ExportSubjectPublicKeyInfoPem() == key.ExportSubjectPublicKeyInfoPem());
    }
}
