// What of mbedTLS the agent uses; versions 2.28 and 3.6 both take it.
#ifndef KEYLINE_MBEDTLS_CONFIG_H
#define KEYLINE_MBEDTLS_CONFIG_H

#define MBEDTLS_HAVE_ASM
#define MBEDTLS_NO_PLATFORM_ENTROPY
#define MBEDTLS_PLATFORM_C

#define MBEDTLS_BIGNUM_C
#define MBEDTLS_ECP_C
#define MBEDTLS_ECP_DP_SECP256R1_ENABLED
#define MBEDTLS_ECP_NIST_OPTIM
// Little memory before speed: a key is used a handful of times in its board's life at the station.
#define MBEDTLS_ECP_WINDOW_SIZE 2
#define MBEDTLS_ECP_FIXED_POINT_OPTIM 0
#define MBEDTLS_MPI_MAX_SIZE 48
#define MBEDTLS_ECDSA_C
#define MBEDTLS_ECDSA_DETERMINISTIC
#define MBEDTLS_ASN1_PARSE_C
#define MBEDTLS_ASN1_WRITE_C

#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA256_SMALLER
#define MBEDTLS_MD_C
#define MBEDTLS_HMAC_DRBG_C
#define MBEDTLS_HKDF_C

#define MBEDTLS_AES_C
#define MBEDTLS_AES_ROM_TABLES
#define MBEDTLS_AES_FEWER_TABLES
#define MBEDTLS_CIPHER_C
#define MBEDTLS_GCM_C

// A board has no heap of its own: mbedTLS gets a static one (crypto-mbedtls.c). The host keeps the system's, whose bounds
// its sanitizers watch.
#ifdef KEYLINE_MBEDTLS_HEAP_BYTES
#define MBEDTLS_PLATFORM_MEMORY
#define MBEDTLS_MEMORY_BUFFER_ALLOC_C
// No exit and no allocator of the C library comes into the image.
#define MBEDTLS_PLATFORM_NO_STD_FUNCTIONS
#define MBEDTLS_PLATFORM_EXIT_MACRO keyline_mbedtls_exit
void keyline_mbedtls_exit(int code);
#endif

// Version 2 checks its configuration only when it is told to.
#include <limits.h>
#if __has_include("mbedtls/build_info.h")
#else
#include "mbedtls/check_config.h"
#endif

#endif
