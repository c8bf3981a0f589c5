// keyline/port.h on Zephyr. The lock is the application's: what shuts a debug port differs from chip to chip, so it
// provides keyline_port_lock_reads_burnt, keyline_port_lock_burn and keyline_port_lock_text.
#include <string.h>
#include <zephyr/device.h>
#include <zephyr/drivers/entropy.h>
#include <zephyr/drivers/hwinfo.h>
#include <zephyr/mgmt/mcumgr/grp/img_mgmt/img_mgmt.h>
#include <zephyr/storage/flash_map.h>
#include <zephyr/sys/reboot.h>

#include "keyline-port-config.h"
#include "keyline/port.h"
#include "zephyr-port.h"

static const struct flash_area *area;
static struct keyline_board board = {
    .model = CONFIG_KEYLINE_MODEL,
    .hardware_revision = CONFIG_KEYLINE_HARDWARE_REVISION,
    .firmware_version = CONFIG_KEYLINE_FIRMWARE_VERSION,
    .simulated = IS_ENABLED(CONFIG_TEST_RANDOM_GENERATOR),
};

bool keyline_zephyr_prepare(void) {
    struct image_version version;
    uint32_t flags;
    ssize_t size = hwinfo_get_device_id(board.hwid, sizeof board.hwid);
    if (size <= 0) return false;
    board.hwid_bytes = (uint8_t)size;
    // What MCUboot checked before it started this image.
    if (img_mgmt_read_info(0, &version, board.image_hash, &flags) != 0) return false;
    return flash_area_open(FIXED_PARTITION_ID(keyline_partition), &area) == 0;
}

const struct keyline_board *keyline_port_board(void) {
    return &board;
}

bool keyline_port_flash_read(uint32_t address, uint8_t *to, size_t size) {
    return flash_area_read(area, (off_t)address, to, size) == 0;
}

bool keyline_port_flash_erase(uint32_t address) {
    return flash_area_erase(area, (off_t)address, KEYLINE_SECTOR_BYTES) == 0;
}

bool keyline_port_flash_program(uint32_t address, const uint8_t *from, size_t size) {
    return flash_area_write(area, (off_t)address, from, size) == 0;
}

bool keyline_port_entropy(uint8_t *to, size_t size) {
    const struct device *source = DEVICE_DT_GET(DT_CHOSEN(zephyr_entropy));
    return device_is_ready(source) && entropy_get_entropy(source, to, (uint16_t)size) == 0;
}

// Framing and restart are MCUmgr's; the agent's own are not linked.
void keyline_port_restart(void) {
    sys_reboot(SYS_REBOOT_COLD);
}
