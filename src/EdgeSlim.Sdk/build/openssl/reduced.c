/*
 * What OpenSSL's libcrypto.a is linked with instead of algorithms that no .NET API and no TLS connection of .NET gets to.
 *
 * The names are OpenSSL's own and reduced.rsp lists them: the linker's --wrap turns each use of NAME into __wrap_NAME,
 * so that the archive's member with NAME is not taken. A name that an OpenSSL does not have changes nothing, so another
 * version of OpenSSL at worst gets larger. What is left out is said to be left out: the default provider does not list
 * it, and fetching it fails like that of any unknown algorithm.
 */

#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/core.h>
#include <openssl/core_dispatch.h>
#include <openssl/evp.h>
#include <openssl/ec.h>
#include <openssl/ui.h>

/* An implementation without functions. */
#define ABSENT(name) const OSSL_DISPATCH __wrap_ossl_##name##_functions[] = {{0, NULL}};

/* A function that fails, or that gives nothing; whatever its parameters are, the caller takes care of them. */
#define FAILS(name) long __wrap_##name(void) { return 0; }

/* Ciphers that neither .NET nor its TLS offers. */
ABSENT(aes128cbc_cts)
ABSENT(aes128ocb)
ABSENT(aes128siv)
ABSENT(aes128wrap)
ABSENT(aes128wrapinv)
ABSENT(aes128wrappad)
ABSENT(aes128wrappadinv)
ABSENT(aes128xts)
ABSENT(aes192cbc_cts)
ABSENT(aes192ocb)
ABSENT(aes192siv)
ABSENT(aes192wrap)
ABSENT(aes192wrapinv)
ABSENT(aes192wrappad)
ABSENT(aes192wrappadinv)
ABSENT(aes256cbc_cts)
ABSENT(aes256ocb)
ABSENT(aes256siv)
ABSENT(aes256wrap)
ABSENT(aes256wrapinv)
ABSENT(aes256wrappad)
ABSENT(aes256wrappadinv)
ABSENT(aes256xts)
ABSENT(aria128cbc)
ABSENT(aria128ccm)
ABSENT(aria128cfb1)
ABSENT(aria128cfb8)
ABSENT(aria128cfb)
ABSENT(aria128ctr)
ABSENT(aria128ecb)
ABSENT(aria128gcm)
ABSENT(aria128ofb)
ABSENT(aria192cbc)
ABSENT(aria192ccm)
ABSENT(aria192cfb1)
ABSENT(aria192cfb8)
ABSENT(aria192cfb)
ABSENT(aria192ctr)
ABSENT(aria192ecb)
ABSENT(aria192gcm)
ABSENT(aria192ofb)
ABSENT(aria256cbc)
ABSENT(aria256ccm)
ABSENT(aria256cfb1)
ABSENT(aria256cfb8)
ABSENT(aria256cfb)
ABSENT(aria256ctr)
ABSENT(aria256ecb)
ABSENT(aria256gcm)
ABSENT(aria256ofb)
ABSENT(camellia128cbc_cts)
ABSENT(camellia128cbc)
ABSENT(camellia128cfb1)
ABSENT(camellia128cfb8)
ABSENT(camellia128cfb)
ABSENT(camellia128ctr)
ABSENT(camellia128ecb)
ABSENT(camellia128ofb)
ABSENT(camellia192cbc_cts)
ABSENT(camellia192cbc)
ABSENT(camellia192cfb1)
ABSENT(camellia192cfb8)
ABSENT(camellia192cfb)
ABSENT(camellia192ctr)
ABSENT(camellia192ecb)
ABSENT(camellia192ofb)
ABSENT(camellia256cbc_cts)
ABSENT(camellia256cbc)
ABSENT(camellia256cfb1)
ABSENT(camellia256cfb8)
ABSENT(camellia256cfb)
ABSENT(camellia256ctr)
ABSENT(camellia256ecb)
ABSENT(camellia256ofb)
ABSENT(sm4128cbc)
ABSENT(sm4128cfb128)
ABSENT(sm4128ctr)
ABSENT(sm4128ecb)
ABSENT(sm4128ofb128)
ABSENT(tdes_wrap_cbc)

/* AES-CBC with SHA in one pass: TLS takes them in two, which is what it does without the instructions for it. */
ABSENT(aes128cbc_hmac_sha1)
ABSENT(aes128cbc_hmac_sha256)
ABSENT(aes256cbc_hmac_sha1)
ABSENT(aes256cbc_hmac_sha256)

/* Digests and message authentication codes. */
ABSENT(blake2b512)
ABSENT(blake2bmac)
ABSENT(blake2s256)
ABSENT(blake2smac)
ABSENT(cmac)
ABSENT(cmac_legacy_keymgmt)
ABSENT(gmac)
ABSENT(mac_legacy_cmac_signature)
ABSENT(mac_legacy_poly1305_signature)
ABSENT(mac_legacy_siphash_signature)
ABSENT(poly1305)
ABSENT(ripemd160)
ABSENT(siphash)
ABSENT(sm3)

/* Key derivation. */
ABSENT(kdf_krb5kdf)
ABSENT(kdf_scrypt)
ABSENT(kdf_scrypt_keyexch)
ABSENT(kdf_sshkdf)
ABSENT(kdf_sskdf)
ABSENT(kdf_x942_kdf)
ABSENT(kdf_x963_kdf)

/* Random bytes: the generator that is used is the one on AES in counter mode. */
ABSENT(drbg_hash)
ABSENT(drbg_ossl_hmac)
ABSENT(test_rng)

/* Keys on curves 448 and of SM2, and RSA as a key encapsulation. */
ABSENT(PrivateKeyInfo_der_to_ed448_decoder)
ABSENT(PrivateKeyInfo_der_to_sm2_decoder)
ABSENT(PrivateKeyInfo_der_to_x448_decoder)
ABSENT(SubjectPublicKeyInfo_der_to_ed448_decoder)
ABSENT(SubjectPublicKeyInfo_der_to_sm2_decoder)
ABSENT(SubjectPublicKeyInfo_der_to_x448_decoder)
ABSENT(ed448_keymgmt)
ABSENT(ed448_signature)
ABSENT(ed448_to_EncryptedPrivateKeyInfo_der_encoder)
ABSENT(ed448_to_EncryptedPrivateKeyInfo_pem_encoder)
ABSENT(ed448_to_PrivateKeyInfo_der_encoder)
ABSENT(ed448_to_PrivateKeyInfo_pem_encoder)
ABSENT(ed448_to_SubjectPublicKeyInfo_der_encoder)
ABSENT(ed448_to_SubjectPublicKeyInfo_pem_encoder)
ABSENT(ed448_to_text_encoder)
ABSENT(rsa_asym_kem)
ABSENT(sm2_asym_cipher)
ABSENT(sm2_keymgmt)
ABSENT(sm2_signature)
ABSENT(sm2_to_EncryptedPrivateKeyInfo_der_encoder)
ABSENT(sm2_to_EncryptedPrivateKeyInfo_pem_encoder)
ABSENT(sm2_to_PrivateKeyInfo_der_encoder)
ABSENT(sm2_to_PrivateKeyInfo_pem_encoder)
ABSENT(sm2_to_SM2_der_encoder)
ABSENT(sm2_to_SM2_pem_encoder)
ABSENT(sm2_to_SubjectPublicKeyInfo_der_encoder)
ABSENT(sm2_to_SubjectPublicKeyInfo_pem_encoder)
ABSENT(sm2_to_blob_encoder)
ABSENT(sm2_to_text_encoder)
ABSENT(sm2_to_type_specific_no_pub_der_encoder)
ABSENT(sm2_to_type_specific_no_pub_pem_encoder)
ABSENT(type_specific_no_pub_der_to_sm2_decoder)
ABSENT(x448_keyexch)
ABSENT(x448_keymgmt)
ABSENT(x448_to_EncryptedPrivateKeyInfo_der_encoder)
ABSENT(x448_to_EncryptedPrivateKeyInfo_pem_encoder)
ABSENT(x448_to_PrivateKeyInfo_der_encoder)
ABSENT(x448_to_PrivateKeyInfo_pem_encoder)
ABSENT(x448_to_SubjectPublicKeyInfo_der_encoder)
ABSENT(x448_to_SubjectPublicKeyInfo_pem_encoder)
ABSENT(x448_to_text_encoder)

/* Formats of keys: for people to read, and of Microsoft's old tools. */
ABSENT(dh_to_text_encoder)
ABSENT(dhx_to_text_encoder)
ABSENT(dsa_to_msblob_encoder)
ABSENT(dsa_to_pvk_encoder)
ABSENT(dsa_to_text_encoder)
ABSENT(ec_to_text_encoder)
ABSENT(ed25519_to_text_encoder)
ABSENT(msblob_to_dsa_decoder)
ABSENT(msblob_to_rsa_decoder)
ABSENT(pvk_to_dsa_decoder)
ABSENT(pvk_to_rsa_decoder)
ABSENT(rsa_to_msblob_encoder)
ABSENT(rsa_to_pvk_encoder)
ABSENT(rsa_to_text_encoder)
ABSENT(rsapss_to_text_encoder)
ABSENT(x25519_to_text_encoder)
FAILS(ossl_cipher_capable_aes_cbc_hmac_sha1)
FAILS(ossl_cipher_capable_aes_cbc_hmac_sha256)
FAILS(ossl_ed448_public_from_private)
FAILS(ossl_ed448_sign)
FAILS(ossl_ed448_verify)
FAILS(ossl_x448)
FAILS(ossl_x448_public_from_private)

/* Fetching certificates over http: .NET does that itself. The crypto engine of VIA processors. */
FAILS(OSSL_HTTP_get)
FAILS(engine_load_padlock_int)

/* Nobody types a pass phrase. */
const UI_METHOD *__wrap_UI_OpenSSL(void) { return UI_null(); }

/*
 * P-256 without its table of 150 KB, which does not compress: the implementation with small tables. P-224 and P-521, which
 * are rare, by the general one. All are constant-time.
 */
extern const EC_METHOD *EC_GFp_nistp256_method(void) __attribute__((weak));

const EC_METHOD *__wrap_EC_GFp_nistz256_method(void)
{
    return EC_GFp_nistp256_method != NULL ? EC_GFp_nistp256_method() : EC_GFp_mont_method();
}

const EC_METHOD *__wrap_EC_GFp_nistp224_method(void) { return EC_GFp_mont_method(); }
const EC_METHOD *__wrap_EC_GFp_nistp521_method(void) { return EC_GFp_mont_method(); }
FAILS(EC_nistz256_pre_comp_dup)
FAILS(EC_nistz256_pre_comp_free)
FAILS(EC_nistp224_pre_comp_dup)
FAILS(EC_nistp224_pre_comp_free)
FAILS(EC_nistp521_pre_comp_dup)
FAILS(EC_nistp521_pre_comp_free)

/* Algorithms that are found by name: of signatures in certificates, and of encrypted PEM files. */
void __wrap_openssl_add_all_digests_int(void)
{
    EVP_add_digest(EVP_md5());
    EVP_add_digest(EVP_md5_sha1());
    EVP_add_digest(EVP_sha1());
    EVP_add_digest(EVP_sha224());
    EVP_add_digest(EVP_sha256());
    EVP_add_digest(EVP_sha384());
    EVP_add_digest(EVP_sha512());
    EVP_add_digest(EVP_sha512_224());
    EVP_add_digest(EVP_sha512_256());
    EVP_add_digest(EVP_sha3_224());
    EVP_add_digest(EVP_sha3_256());
    EVP_add_digest(EVP_sha3_384());
    EVP_add_digest(EVP_sha3_512());
}

void __wrap_openssl_add_all_ciphers_int(void)
{
    EVP_add_cipher(EVP_aes_128_cbc());
    EVP_add_cipher(EVP_aes_192_cbc());
    EVP_add_cipher(EVP_aes_256_cbc());
    EVP_add_cipher(EVP_des_ede3_cbc());
}

/* The algorithms of a list that have an implementation. NULL where there is no memory, which is no algorithm at all. */
static const OSSL_ALGORITHM *present(const OSSL_ALGORITHM *all)
{
    size_t count = 0;
    while (all[count].algorithm_names != NULL)
        count++;

    OSSL_ALGORITHM *kept = calloc(count + 1, sizeof(*kept));
    if (kept == NULL)
        return NULL;

    OSSL_ALGORITHM *next = kept;
    for (const OSSL_ALGORITHM *a = all; a->algorithm_names != NULL; a++)
        if (a->implementation->function_id != 0)
            *next++ = *a;
    return kept;
}

static const OSSL_ALGORITHM *query(
    OSSL_FUNC_provider_query_operation_fn *real, _Atomic(const OSSL_ALGORITHM *) *known, void *provider, int operation, int *no_cache)
{
    const OSSL_ALGORITHM *all = real(provider, operation, no_cache);
    if (all == NULL || operation < 0 || operation > OSSL_OP__HIGHEST)
        return all;

    const OSSL_ALGORITHM *before = atomic_load(&known[operation]);
    if (before != NULL)
        return before;

    const OSSL_ALGORITHM *kept = present(all);
    if (kept != NULL && !atomic_compare_exchange_strong(&known[operation], &before, kept)) {
        free((void *)kept);
        return before;
    }
    return kept;
}

/* The functions of a provider, with another answer to which algorithms it has. */
static int answer_with(
    const OSSL_DISPATCH **functions, OSSL_FUNC_provider_query_operation_fn *ours, OSSL_FUNC_provider_query_operation_fn **real)
{
    size_t count = 1;
    for (const OSSL_DISPATCH *f = *functions; f->function_id != 0; f++)
        count++;

    OSSL_DISPATCH *copy = calloc(count, sizeof(*copy));
    if (copy == NULL)
        return 0;

    for (size_t i = 0; i < count; i++) {
        copy[i] = (*functions)[i];
        if (copy[i].function_id == OSSL_FUNC_PROVIDER_QUERY_OPERATION) {
            *real = OSSL_FUNC_provider_query_operation(&copy[i]);
            copy[i].function = (void (*)(void))ours;
        }
    }
    *functions = copy;
    return 1;
}

#define PROVIDER(name) \
    static OSSL_FUNC_provider_query_operation_fn *name##_real; \
    static _Atomic(const OSSL_ALGORITHM *) name##_known[OSSL_OP__HIGHEST + 1]; \
    static const OSSL_ALGORITHM *name##_query(void *provider, int operation, int *no_cache) \
    { \
        return query(name##_real, name##_known, provider, operation, no_cache); \
    } \
    OSSL_provider_init_fn __real_ossl_##name##_provider_init; \
    OSSL_provider_init_fn __wrap_ossl_##name##_provider_init; \
    int __wrap_ossl_##name##_provider_init( \
        const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out, void **context) \
    { \
        return __real_ossl_##name##_provider_init(handle, in, out, context) && answer_with(out, name##_query, &name##_real); \
    }

PROVIDER(default)
PROVIDER(base)
