// Numbers of the device protocol (docs/device-protocol.md) and the limits of this agent. Changing one changes the wire.
#ifndef KEYLINE_WIRE_H
#define KEYLINE_WIRE_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

// Clause 1: framing.
#define KL_LINE_BASE64 124u
#define KL_LENGTH_BYTES 2u
#define KL_CRC_BYTES 2u

// Clause 2: the message.
#define KL_HEADER_BYTES 8u
#define KL_MAX_DEPTH 8u
// Reassembly buffer, length and CRC included (clause 2.6). The longest answer, a proof, has 376 bytes; the rest is room for
// items: 4,096 bytes of chain go through in 10 messages. A port may set another, 384 at least.
#ifndef KEYLINE_BUF_SIZE
#define KEYLINE_BUF_SIZE 512u
#endif
#define KL_BUF_COUNT 1u
#define KL_MESSAGE_BYTES (KEYLINE_BUF_SIZE - KL_LENGTH_BYTES - KL_CRC_BYTES)
static_assert(KEYLINE_BUF_SIZE >= 384u, "a proof must fit an answer");
static_assert(KEYLINE_BUF_SIZE <= 4096u, "a larger buffer is never used");

enum kl_op { KL_OP_READ = 0, KL_OP_WRITE = 2 };

// Clause 2.5.
enum kl_smp_rc {
    KL_SMP_OK = 0,
    KL_SMP_UNKNOWN = 1,
    KL_SMP_MALFORMED = 3,
    KL_SMP_NO_ENTRY = 5,
    KL_SMP_BAD_STATE = 6,
    KL_SMP_TOO_LARGE = 7,
    KL_SMP_NOT_SUPPORTED = 8,
    KL_SMP_VERSION_TOO_OLD = 12
};

// Clause 3.
enum kl_group { KL_GROUP_OS = 0, KL_GROUP_IMAGE = 1, KL_GROUP_IDENTITY = 19276 };
enum kl_os_command { KL_OS_ECHO = 0, KL_OS_RESET = 5, KL_OS_PARAMS = 6 };
enum kl_image_command { KL_IMAGE_STATE = 0, KL_IMAGE_UPLOAD = 1 };
static_assert(KL_GROUP_IDENTITY == 0x4B4C, "the group is KL");

// Clause 5. attest (9) and blink (10) are optional and not built.
enum kl_command {
    KL_STATUS = 0,
    KL_KEYGEN = 1,
    KL_CSR = 2,
    KL_INJECT_OPEN = 3,
    KL_ITEM = 4,
    KL_INJECT = 5,
    KL_PROVE = 6,
    KL_LOCK = 7
};

// Clause 6.
enum kl_rc {
    KL_OK = 0,
    KL_FAULT = 1,
    KL_INVALID = 2,
    KL_STATE = 3,
    KL_WRONG_DEVICE = 4,
    KL_STALE = 5,
    KL_DIGEST = 6,
    KL_SIZE = 7,
    KL_KEY_MISMATCH = 8,
    KL_LEAF_MISMATCH = 9,
    KL_ENTROPY = 10,
    KL_UNSUPPORTED = 11,
    KL_NO_SESSION = 12,
    KL_DECRYPT = 13,
    KL_BAD_KEY = 14,
    KL_STORE = 15,
    KL_LOCK_FAILED = 16,
    KL_LOCK_PENDING = 17,
    KL_ABSENT = 18
};

// Clause 4.4.
#define KL_LABEL_MAX 32u
#define KL_HWID_MIN 6u
#define KL_HWID_MAX 32u
#define KL_STATUS_MAX 330u
#define KL_PROOF_STATE_MAX 280u
#define KL_LEAF_MAX 2048u
#define KL_CHAIN_MAX 4096u
#define KL_ANCHOR_MAX 2048u
// Clause 4.5.
enum kl_life { KL_BLANK = 0, KL_KEYED = 1, KL_ENROLLED = 2, KL_LOCKED = 3 };

#define KL_SHA256 32u
#define KL_PRIVATE 32u
#define KL_POINT 65u
#define KL_SPKI 91u
#define KL_SIGNATURE_MAX 72u
#define KL_KEY_NONCE 16u
#define KL_PROOF_NONCE 32u
#define KL_PSK 32u
// Clause 5.3 and 5.6.
#define KL_STATION_MAX 64u
#define KL_INJECT_MAX 256u
#define KL_ENCAPSULATED KL_POINT
#define KL_CIPHERTEXT (KL_PRIVATE + 16u)
static_assert(KL_CIPHERTEXT == 48u, "clause 5.6: ct has 48 bytes");

#endif
