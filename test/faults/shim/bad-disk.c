/*
 * A disk that turns slow or read-only while a program writes to it. Preloaded into a program under test; what is below
 * KEYLINE_DISK_FOLDER obeys the first byte of KEYLINE_DISK_FILE, which is mapped: 's' every flush takes half a second, 'r'
 * every write and flush is refused with EROFS; anything else: as it is. For tests only; nothing of it ships.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static volatile char *state;

static void __attribute__((constructor)) begin(void)
{
	const char *path = getenv("KEYLINE_DISK_FILE");
	int file = path == NULL ? -1 : open(path, O_RDWR | O_CLOEXEC);

	if (file >= 0) {
		void *map = mmap(NULL, 2, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);

		state = map == MAP_FAILED ? NULL : map;
		close(file);
	}
}

/* The state for this file; the second byte of the file tells that it was obeyed. */
static char state_of(int fd)
{
	const char *folder = getenv("KEYLINE_DISK_FOLDER");
	char link[64];
	char path[PATH_MAX];
	ssize_t length;

	if (state == NULL || folder == NULL || (state[0] != 's' && state[0] != 'r')) {
		return 0;
	}
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof(path) - 1);
	if (length <= 0) {
		return 0;
	}
	path[length] = '\0';
	return strncmp(path, folder, strlen(folder)) == 0 ? state[0] : 0;
}

static int refused(int fd)
{
	if (state_of(fd) != 'r') {
		return 0;
	}
	state[1] = 'y';
	errno = EROFS;
	return 1;
}

static void slow(int fd)
{
	const struct timespec half = {0, 500000000};

	if (state_of(fd) == 's') {
		state[1] = 'y';
		nanosleep(&half, NULL);
	}
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
	ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");

	return refused(fd) ? -1 : real(fd, bytes, length, offset);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
	ssize_t (*real)(int, const void *, size_t) = dlsym(RTLD_NEXT, "write");

	return refused(fd) ? -1 : real(fd, bytes, length);
}

int fsync(int fd)
{
	int (*real)(int) = dlsym(RTLD_NEXT, "fsync");

	slow(fd);
	return refused(fd) ? -1 : real(fd);
}

int fdatasync(int fd)
{
	int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");

	slow(fd);
	return refused(fd) ? -1 : real(fd);
}
