// keyline/crypto.h on mbedTLS 3.6 or 2.28.
#include <assert.h>
#include <string.h>

#include "entropy.h"
#include "keyline/crypto.h"
#include "keyline/port.h"
#include "mbedtls/ecdsa.h"
#include "mbedtls/ecp.h"
#include "mbedtls/gcm.h"
#include "mbedtls/hkdf.h"
#include "mbedtls/hmac_drbg.h"
#include "mbedtls/md.h"
#include "mbedtls/platform_util.h"
#include "mbedtls/sha256.h"
#include "mbedtls/version.h"

#if MBEDTLS_VERSION_MAJOR < 3
#define mbedtls_sha256_starts mbedtls_sha256_starts_ret
#define mbedtls_sha256_update mbedtls_sha256_update_ret
#define mbedtls_sha256_finish mbedtls_sha256_finish_ret
#endif

#ifdef KEYLINE_MBEDTLS_HEAP_BYTES
#include "mbedtls/memory_buffer_alloc.h"
static unsigned char heap[KEYLINE_MBEDTLS_HEAP_BYTES];

// Called where the allocator finds its own memory damaged: nothing may go on from there.
void keyline_mbedtls_exit(int code) {
    (void)code;
    keyline_port_restart();
}
#endif

static mbedtls_hmac_drbg_context generator;
static bool prepared;
static bool seeded;

// Before anything that takes memory.
static void prepare(void) {
    if (prepared) return;
#ifdef KEYLINE_MBEDTLS_HEAP_BYTES
    mbedtls_memory_buffer_alloc_init(heap, sizeof heap);
#endif
    mbedtls_hmac_drbg_init(&generator);
    prepared = true;
}

void keyline_wipe(void *memory, size_t size) {
    mbedtls_platform_zeroize(memory, size);
}

static_assert(sizeof(mbedtls_sha256_context) <= sizeof(struct keyline_sha256), "the caller's context holds ours");

// In software these cannot fail: their results exist for accelerators.
static mbedtls_sha256_context *context_of(struct keyline_sha256 *hash) {
    return (mbedtls_sha256_context *)(void *)hash->opaque;
}

void keyline_sha256_start(struct keyline_sha256 *hash) {
    mbedtls_sha256_init(context_of(hash));
    (void)mbedtls_sha256_starts(context_of(hash), 0);
}

void keyline_sha256_add(struct keyline_sha256 *hash, const uint8_t *bytes, size_t size) {
    (void)mbedtls_sha256_update(context_of(hash), bytes, size);
}

void keyline_sha256_end(struct keyline_sha256 *hash, uint8_t digest[KL_SHA256]) {
    (void)mbedtls_sha256_finish(context_of(hash), digest);
    mbedtls_sha256_free(context_of(hash));
}

static const mbedtls_md_info_t *sha256_info(void) {
    prepare();
    return mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
}

bool keyline_hkdf_extract(const uint8_t *salt, size_t salt_size, const uint8_t *ikm, size_t ikm_size,
                          uint8_t prk[KL_SHA256]) {
    return mbedtls_hkdf_extract(sha256_info(), salt, salt_size, ikm, ikm_size, prk) == 0;
}

bool keyline_hkdf_expand(const uint8_t prk[KL_SHA256], const uint8_t *info, size_t info_size, uint8_t *out,
                         size_t out_size) {
    return mbedtls_hkdf_expand(sha256_info(), prk, KL_SHA256, info, info_size, out, out_size) == 0;
}

#define GCM_TAG_BYTES 16u

bool keyline_aes128gcm_open(const uint8_t key[16], const uint8_t nonce[12], const uint8_t *aad, size_t aad_size,
                            const uint8_t *sealed, size_t size, uint8_t *plain) {
    if (size < GCM_TAG_BYTES) return false;
    mbedtls_gcm_context gcm;
    prepare();
    mbedtls_gcm_init(&gcm);
    size_t length = size - GCM_TAG_BYTES;
    bool opened = mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, 128) == 0 &&
                  mbedtls_gcm_auth_decrypt(&gcm, length, nonce, 12, aad, aad_size, sealed + length, GCM_TAG_BYTES,
                                           sealed, plain) == 0;
    mbedtls_gcm_free(&gcm);
    if (!opened) keyline_wipe(plain, length);
    return opened;
}

static int entropy_source(void *unused, unsigned char *to, size_t size) {
    (void)unused;
    return kl_entropy(to, size) ? 0 : MBEDTLS_ERR_HMAC_DRBG_ENTROPY_SOURCE_FAILED;
}

bool keyline_random_seed(void) {
    static const unsigned char LABEL[] = "keyline agent";
    const mbedtls_md_info_t *info = sha256_info();
    // A seed that failed leaves nothing behind that could be drawn from.
    mbedtls_hmac_drbg_free(&generator);
    mbedtls_hmac_drbg_init(&generator);
    seeded = mbedtls_hmac_drbg_seed(&generator, info, entropy_source, NULL, LABEL, sizeof LABEL - 1) == 0;
    return seeded;
}

static int draw(void *unused, unsigned char *to, size_t size) {
    (void)unused;
    return seeded ? mbedtls_hmac_drbg_random(&generator, to, size) : MBEDTLS_ERR_HMAC_DRBG_ENTROPY_SOURCE_FAILED;
}

bool keyline_random(uint8_t *to, size_t size) {
    return draw(NULL, to, size) == 0;
}

// mbedTLS leaves copies of a private key on the stack: signing seeds RFC 6979 from one and does not wipe it. Without
// this wipe 2,816 bytes of stack were seen in use by the whole agent, so that none lies deeper.
#define STACK_BYTES 2816u

__attribute__((noinline)) static void wipe_stack(void) {
    uint8_t below[STACK_BYTES];
    keyline_wipe(below, sizeof below);
}

// The curve and what a computation on it needs; freed as one, which wipes it.
struct curve {
    mbedtls_ecp_group group;
    mbedtls_mpi scalar;
    mbedtls_ecp_point point;
};

static bool open_curve(struct curve *curve) {
    prepare();
    mbedtls_ecp_group_init(&curve->group);
    mbedtls_mpi_init(&curve->scalar);
    mbedtls_ecp_point_init(&curve->point);
    return mbedtls_ecp_group_load(&curve->group, MBEDTLS_ECP_DP_SECP256R1) == 0;
}

static void close_curve(struct curve *curve) {
    mbedtls_ecp_point_free(&curve->point);
    mbedtls_mpi_free(&curve->scalar);
    mbedtls_ecp_group_free(&curve->group);
    wipe_stack();
}

static bool write_point(const struct curve *curve, uint8_t point[KL_POINT]) {
    size_t size = 0;
    return mbedtls_ecp_point_write_binary(&curve->group, &curve->point, MBEDTLS_ECP_PF_UNCOMPRESSED, &size, point,
                                          KL_POINT) == 0 &&
           size == KL_POINT;
}

static bool read_scalar(struct curve *curve, const uint8_t private_key[KL_PRIVATE]) {
    return mbedtls_mpi_read_binary(&curve->scalar, private_key, KL_PRIVATE) == 0 &&
           mbedtls_ecp_check_privkey(&curve->group, &curve->scalar) == 0;
}

// Blinding needs chance, and a board that has none yet must still be able to sign: RFC 6979 keeps the key safe, the
// generator of this module hides its traces.
static int blind(void *unused, unsigned char *to, size_t size) {
    if (!seeded && !keyline_random_seed()) return MBEDTLS_ERR_HMAC_DRBG_ENTROPY_SOURCE_FAILED;
    return draw(unused, to, size);
}

static bool multiply_base(struct curve *curve) {
    return mbedtls_ecp_mul(&curve->group, &curve->point, &curve->scalar, &curve->group.G, blind, NULL) == 0;
}

bool keyline_p256_generate(uint8_t private_key[KL_PRIVATE], uint8_t point[KL_POINT]) {
    struct curve curve;
    bool made = open_curve(&curve) && mbedtls_ecp_gen_privkey(&curve.group, &curve.scalar, draw, NULL) == 0 &&
                multiply_base(&curve) && mbedtls_mpi_write_binary(&curve.scalar, private_key, KL_PRIVATE) == 0 &&
                write_point(&curve, point);
    close_curve(&curve);
    if (!made) keyline_wipe(private_key, KL_PRIVATE);
    return made;
}

bool keyline_p256_public(const uint8_t private_key[KL_PRIVATE], uint8_t point[KL_POINT]) {
    struct curve curve;
    bool made =
        open_curve(&curve) && read_scalar(&curve, private_key) && multiply_base(&curve) && write_point(&curve, point);
    close_curve(&curve);
    return made;
}

bool keyline_p256_agree(const uint8_t private_key[KL_PRIVATE], const uint8_t point[KL_POINT], uint8_t shared[32]) {
    struct curve curve;
    mbedtls_ecp_point theirs;
    uint8_t product[KL_POINT];
    mbedtls_ecp_point_init(&theirs);
    bool made = open_curve(&curve) && read_scalar(&curve, private_key) &&
                mbedtls_ecp_point_read_binary(&curve.group, &theirs, point, KL_POINT) == 0 &&
                mbedtls_ecp_check_pubkey(&curve.group, &theirs) == 0 &&
                mbedtls_ecp_mul(&curve.group, &curve.point, &curve.scalar, &theirs, blind, NULL) == 0 &&
                write_point(&curve, product);
    if (made) memcpy(shared, product + 1, 32);
    keyline_wipe(product, sizeof product);
    mbedtls_ecp_point_free(&theirs);
    close_curve(&curve);
    return made;
}

// INTEGER of a positive number of 32 bytes: without leading zeros, with one before a set top bit.
static size_t write_integer(const uint8_t number[32], uint8_t *to) {
    size_t skip = 0;
    while (skip < 31 && number[skip] == 0) skip++;
    size_t zero = number[skip] & 0x80 ? 1 : 0;
    size_t size = 32 - skip;
    to[0] = 0x02;
    to[1] = (uint8_t)(size + zero);
    to[2] = 0;
    memcpy(to + 2 + zero, number + skip, size);
    return 2 + zero + size;
}

bool keyline_p256_sign(const uint8_t private_key[KL_PRIVATE], const uint8_t digest[KL_SHA256],
                       uint8_t signature[KL_SIGNATURE_MAX], size_t *size) {
    struct curve curve;
    mbedtls_mpi r, s;
    uint8_t numbers[2][32];
    mbedtls_mpi_init(&r);
    mbedtls_mpi_init(&s);
    bool made = open_curve(&curve) && read_scalar(&curve, private_key) &&
                mbedtls_ecdsa_sign_det_ext(&curve.group, &r, &s, &curve.scalar, digest, KL_SHA256, MBEDTLS_MD_SHA256,
                                           blind, NULL) == 0 &&
                mbedtls_mpi_write_binary(&r, numbers[0], 32) == 0 && mbedtls_mpi_write_binary(&s, numbers[1], 32) == 0;
    if (made) {
        size_t length = write_integer(numbers[0], signature + 2);
        length += write_integer(numbers[1], signature + 2 + length);
        signature[0] = 0x30;
        signature[1] = (uint8_t)length;
        *size = 2 + length;
    }
    mbedtls_mpi_free(&s);
    mbedtls_mpi_free(&r);
    close_curve(&curve);
    return made;
}
