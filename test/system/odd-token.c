/* A PKCS#11 module that is SoftHSM with faults: what a vendor's module does on a bad day. Which fault, if any, stands in
 * the file that ODD_TOKEN_FAULT names and is read at each call; every login is one line in the file ODD_TOKEN_LOGINS. */
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned char byte;
typedef unsigned long ulong;

/* CK_FUNCTION_LIST of PKCS#11 2.40 in the order of its clause 3.3.1: a version, then the functions. */
enum { GET_TOKEN_INFO = 6, LOGIN = 18, SIGN = 43, FUNCTIONS = 68 };
struct functions {
    byte major, minor;
    void *of[FUNCTIONS];
};
/* CK_TOKEN_INFO up to its flags. */
struct token_info {
    byte label[32], manufacturer[32], model[16], serial_number[16];
    ulong flags;
};

static struct functions ours;
static ulong (*their_token_info)(ulong, struct token_info *);
static ulong (*their_login)(ulong, ulong, byte *, ulong);
static ulong (*their_sign)(ulong, byte *, ulong, byte *, ulong *);

static int fault(const char *name)
{
    char text[32] = "";
    const char *path = getenv("ODD_TOKEN_FAULT");
    FILE *file = path ? fopen(path, "r") : NULL;
    if (file == NULL)
        return 0;
    if (fgets(text, sizeof text, file) == NULL)
        text[0] = 0;
    fclose(file);
    return strcmp(text, name) == 0;
}

static ulong token_info(ulong slot, struct token_info *info)
{
    ulong rv = their_token_info(slot, info);
    if (fault("pin-locked"))
        info->flags |= 0x40000;
    if (fault("pin-last-try"))
        info->flags |= 0x20000;
    if (fault("key-pad"))
        info->flags |= 0x100;
    return rv;
}

static ulong login(ulong session, ulong user, byte *pin, ulong length)
{
    const char *path = getenv("ODD_TOKEN_LOGINS");
    FILE *file = path ? fopen(path, "a") : NULL;
    if (file != NULL) {
        fputs("login\n", file);
        fclose(file);
    }
    if (fault("locks-pin"))
        return 164; /* CKR_PIN_LOCKED */
    if (fault("login-hangs"))
        pause();
    return their_login(session, user, pin, length);
}

static ulong sign(ulong session, byte *data, ulong length, byte *signature, ulong *signature_length)
{
    if (fault("prints")) {
        puts("vendor module: 1 of 3 licences used");
        fflush(stdout);
    }
    if (fault("hangs"))
        for (;;)
            pause();
    if (fault("crashes"))
        raise(SIGSEGV);
    if (fault("taken-out"))
        return 50; /* CKR_DEVICE_REMOVED */
    ulong rv = their_sign(session, data, length, signature, signature_length);
    if (rv == 0 && fault("lies"))
        signature[40] ^= 1;
    if (rv == 0 && fault("short"))
        *signature_length = 63;
    if (rv == 0 && fault("long"))
        *signature_length = 1000;
    return rv;
}

ulong C_GetFunctionList(struct functions **list)
{
    ulong (*theirs)(struct functions **);
    struct functions *found;
    void *library = dlopen(SOFTHSM, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return 5;
    theirs = (ulong(*)(struct functions **))dlsym(library, "C_GetFunctionList");
    if (theirs == NULL || theirs(&found) != 0)
        return 5;
    ours = *found;
    their_token_info = (ulong(*)(ulong, struct token_info *))ours.of[GET_TOKEN_INFO];
    their_login = (ulong(*)(ulong, ulong, byte *, ulong))ours.of[LOGIN];
    their_sign = (ulong(*)(ulong, byte *, ulong, byte *, ulong *))ours.of[SIGN];
    ours.of[GET_TOKEN_INFO] = (void *)token_info;
    ours.of[LOGIN] = (void *)login;
    ours.of[SIGN] = (void *)sign;
    *list = &ours;
    return 0;
}
