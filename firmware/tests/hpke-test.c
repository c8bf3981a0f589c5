// RFC 9180, appendix A.3: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, sequence number 0.
#include <string.h>

#include "hpke.h"
#include "keyline/crypto.h"
#include "test.h"

struct vector {
    const char *private_key, *point, *encapsulated, *psk, *psk_id, *sealed;
};

static const char INFO[] = "4f6465206f6e2061204772656369616e2055726e";
static const char AAD[] = "436f756e742d30";
static const char PLAIN[] = "4265617574792069732074727574682c20747275746820626561757479";

static const struct vector BASE = {
    .private_key = "f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2",
    .point =
        "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f"
        "1d"
        "128aafd68a2ce72ea0",
    .encapsulated =
        "04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403c"
        "e65c9bfcb9382657222d18c4",
    .sealed = "5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434",
};
static const struct vector PSK = {
    .private_key = "438d8bcef33b89e0e9ae5eb0957c353c25a94584b0dd59c991372a75b43cb661",
    .point =
        "040d97419ae99f13007a93996648b2674e5260a8ebd2b822e84899cd52d87446ea394ca76223b76639eccdf00e1967db10ade37db4e7db"
        "47"
        "6261fcc8df97c5ffd1",
    .encapsulated =
        "04305d35563527bce037773d79a13deabed0e8e7cde61eecee403496959e89e4d0ca701726696d1485137ccb5341b3c1c7aaee90a4"
        "a02449725e744b1193b53b5f",
    .psk = "0247fd33b913760fa1fa51e1892d9f307fbe65eb171e8132c2af18555a738b82",
    .psk_id = "456e6e796e20447572696e206172616e204d6f726961",
    .sealed = "90c4deb5b75318530194e4bb62f890b019b1397bbf9d0d6eb918890e1fb2be1ac2603193b60a49c2126b75d0eb",
};

static size_t unhex(const char *text, uint8_t *bytes) {
    size_t size = text == NULL ? 0 : strlen(text) / 2;
    for (size_t i = 0; i < size; i++) {
        unsigned byte = 0;
        CHECK(sscanf(text + 2 * i, "%2x", &byte) == 1);
        bytes[i] = (uint8_t)byte;
    }
    return size;
}

struct opened {
    uint8_t private_key[32], point[65], enc[65], info[64], psk[64], psk_id[64], aad[16], sealed[64], plain[64];
    size_t sealed_size, aad_size;
    struct kl_hpke_receiver receiver;
};

static void prepare(const struct vector *vector, struct opened *to) {
    CHECK(unhex(vector->private_key, to->private_key) == 32);
    CHECK(unhex(vector->point, to->point) == 65);
    CHECK(unhex(vector->encapsulated, to->enc) == 65);
    to->sealed_size = unhex(vector->sealed, to->sealed);
    to->aad_size = unhex(AAD, to->aad);
    to->receiver = (struct kl_hpke_receiver){
        .private_key = to->private_key,
        .point = to->point,
        .info = to->info,
        .info_size = unhex(INFO, to->info),
        .psk = vector->psk == NULL ? NULL : to->psk,
        .psk_size = unhex(vector->psk, to->psk),
        .psk_id = to->psk_id,
        .psk_id_size = unhex(vector->psk_id, to->psk_id),
    };
}

static bool open_it(struct opened *of) {
    return kl_hpke_open(&of->receiver, of->enc, of->aad, of->aad_size, of->sealed, of->sealed_size, of->plain);
}

static void opens(const struct vector *vector) {
    static struct opened of;
    uint8_t plain[64], point[65];
    prepare(vector, &of);
    size_t size = unhex(PLAIN, plain);
    CHECK(keyline_p256_public(of.private_key, point) && memcmp(point, of.point, 65) == 0);
    CHECK(open_it(&of) && of.sealed_size == size + 16 && memcmp(of.plain, plain, size) == 0);
}

static void base(void) {
    opens(&BASE);
}

static void psk(void) {
    opens(&PSK);
}

static void nothing_else_opens(void) {
    static struct opened of;
    const struct vector *const vectors[] = {&BASE, &PSK};
    for (unsigned v = 0; v < 2; v++) {
        prepare(vectors[v], &of);
        struct {
            uint8_t *bytes;
            size_t size;
        } parts[] = {{of.enc, 65},
                     {of.sealed, of.sealed_size},
                     {of.aad, of.aad_size},
                     {of.info, of.receiver.info_size},
                     {of.psk, of.receiver.psk_size},
                     {of.psk_id, of.receiver.psk_id_size},
                     {of.private_key, 32}};
        for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++) {
            for (size_t i = 0; i < parts[p].size; i++) {
                snprintf(test_context, sizeof test_context, "mode %u, part %zu, byte %zu", v, p, i);
                parts[p].bytes[i] ^= 1;
                CHECK(!open_it(&of));
                parts[p].bytes[i] ^= 1;
            }
        }
        CHECK(open_it(&of));
    }
    // One mode does not stand for the other.
    prepare(&PSK, &of);
    of.receiver.psk = NULL;
    CHECK(!open_it(&of));
}

static const struct test TESTS[] = {
    {"A.3.1, base mode, opens", base},
    {"A.3.2, PSK mode, opens", psk},
    {"with any byte changed, or in the other mode, nothing opens", nothing_else_opens},
};
const struct test_group HPKE_TESTS = GROUP("hpke", TESTS);
