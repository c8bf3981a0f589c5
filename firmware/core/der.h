// The little DER that a device needs: its public key, its request, and whose a certificate is.
#ifndef KEYLINE_DER_H
#define KEYLINE_DER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keyline/wire.h"

// SubjectPublicKeyInfo of a P-256 point.
void kl_spki(const uint8_t point[KL_POINT], uint8_t spki[KL_SPKI]);

// SHA-256 of that.
void kl_spki_digest(const uint8_t point[KL_POINT], uint8_t digest[KL_SHA256]);

// The longest request: a serial of 32 characters and a signature of 72 bytes.
#define KL_CSR_MAX 256u

// PKCS#10 (clause 5.2): subject exactly serialNumber=`serial` (PrintableString where its characters allow, else UTF8String),
// no attributes. `sign` signs a digest as keyline_p256_sign does. Returns its bytes, 0 when it could not be signed.
size_t kl_csr(const uint8_t *serial, size_t serial_bytes, const uint8_t point[KL_POINT],
              bool (*sign)(const uint8_t digest[KL_SHA256], uint8_t *signature, size_t *size), uint8_t csr[KL_CSR_MAX]);

// What a device looks at in a certificate.
struct kl_leaf {
    const uint8_t *spki;
    size_t spki_bytes;
    // Value of the subject's serialNumber; NULL where there is none, or more than one.
    const uint8_t *serial;
    size_t serial_bytes;
};

// False for bytes that are not exactly one X.509 certificate in DER. Its signature is the station's matter.
bool kl_leaf_read(const uint8_t *bytes, size_t size, struct kl_leaf *leaf);

#endif
