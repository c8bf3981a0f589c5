/*
 * A page cache that can be lost. Preloaded into a program under test, it keeps, for each file below
 * KEYLINE_CACHE_FOLDER, what every write since the last flush replaced: `<file>.unflushed`. After the program was
 * killed, undoing those records from the last to the first leaves what a power cut leaves at its worst: nothing that
 * was not flushed. For tests only; nothing of it ships.
 *
 * Record, little endian: offset (8), size of the file before (8), bytes that follow (8), the bytes that were replaced.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define SUFFIX ".unflushed"

typedef ssize_t (*pwrite_fn)(int, const void *, size_t, off64_t);
typedef int (*flush_fn)(int);
typedef int (*truncate_fn)(int, off64_t);
typedef int (*unlink_fn)(const char *);

static void *real(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (found == NULL) {
		abort();
	}
	return found;
}

/* Path of the record file; 0 for a file that is not watched. The index of a log lives in shared memory by design. */
static int journal_of(int fd, char *path, size_t room)
{
	const char *folder = getenv("KEYLINE_CACHE_FOLDER");
	char link[64];
	ssize_t length;

	if (folder == NULL) {
		return 0;
	}
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, path, room - sizeof(SUFFIX));
	if (length <= 0) {
		return 0;
	}
	path[length] = '\0';
	if (strncmp(path, folder, strlen(folder)) != 0 || strstr(path, SUFFIX) != NULL ||
	    strstr(path, "-shm") != NULL) {
		return 0;
	}
	strcat(path, SUFFIX);
	return 1;
}

/* Before `length` bytes from `offset` on are replaced. */
static void remember(int fd, off64_t offset, size_t length)
{
	char path[PATH_MAX];
	struct stat64 now;
	uint64_t head[3];
	size_t old = 0;
	unsigned char *bytes;
	int journal;

	if (!journal_of(fd, path, sizeof(path)) || fstat64(fd, &now) != 0) {
		return;
	}
	if (offset < now.st_size) {
		old = (size_t)(now.st_size - offset) < length ? (size_t)(now.st_size - offset) : length;
	}
	bytes = malloc(old + 1);
	if (bytes == NULL || (old > 0 && pread64(fd, bytes, old, offset) != (ssize_t)old)) {
		abort();
	}
	head[0] = (uint64_t)offset;
	head[1] = (uint64_t)now.st_size;
	head[2] = (uint64_t)old;
	journal = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (journal < 0 || write(journal, head, sizeof(head)) != (ssize_t)sizeof(head) ||
	    write(journal, bytes, old) != (ssize_t)old) {
		abort();
	}
	close(journal);
	free(bytes);
}

static void flushed(int fd)
{
	char path[PATH_MAX];

	if (journal_of(fd, path, sizeof(path))) {
		((unlink_fn)real("unlink"))(path);
	}
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset)
{
	remember(fd, offset, length);
	return ((pwrite_fn)real("pwrite64"))(fd, bytes, length, offset);
}

int ftruncate64(int fd, off64_t length)
{
	struct stat64 now;

	if (fstat64(fd, &now) == 0 && now.st_size > length) {
		remember(fd, length, (size_t)(now.st_size - length));
	}
	return ((truncate_fn)real("ftruncate64"))(fd, length);
}

int fsync(int fd)
{
	int result = ((flush_fn)real("fsync"))(fd);

	if (result == 0) {
		flushed(fd);
	}
	return result;
}

int fdatasync(int fd)
{
	int result = ((flush_fn)real("fdatasync"))(fd);

	if (result == 0) {
		flushed(fd);
	}
	return result;
}
