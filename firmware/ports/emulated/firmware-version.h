// Version of the agent's firmware: in the status, and in the header that its image hash covers.
#ifndef KEYLINE_FIRMWARE_VERSION_H
#define KEYLINE_FIRMWARE_VERSION_H
#define FIRMWARE_MAJOR 1
#define FIRMWARE_MINOR 0
#define FIRMWARE_REVISION 0
#define FIRMWARE_TEXT_OF(number) #number
#define FIRMWARE_TEXT(major, minor, revision) \
    FIRMWARE_TEXT_OF(major) "." FIRMWARE_TEXT_OF(minor) "." FIRMWARE_TEXT_OF(revision)
#define FIRMWARE_VERSION FIRMWARE_TEXT(FIRMWARE_MAJOR, FIRMWARE_MINOR, FIRMWARE_REVISION)
#endif
