/*
 * A clock that can be set. Preloaded into a program under test, it adds to every reading of the time of day what
 * KEYLINE_CLOCK_FILE holds: 8 bytes, little endian, milliseconds. The file is mapped, so that it is set while the program
 * runs. The monotonic clock goes on. For tests only; nothing of it ships.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *setting;
static int (*real_gettime)(clockid_t, struct timespec *);

static void __attribute__((constructor)) begin(void)
{
	const char *path = getenv("KEYLINE_CLOCK_FILE");
	int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);

	real_gettime = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
	if (file >= 0) {
		void *map = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);

		setting = map == MAP_FAILED ? NULL : map;
		close(file);
	}
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
	int result = real_gettime == NULL ? -1 : real_gettime(clock, now);

	if (result == 0 && setting != NULL && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
		int64_t ns = now->tv_nsec + (*setting % 1000) * 1000000;

		now->tv_sec += *setting / 1000 + (ns < 0 ? -1 : ns / 1000000000);
		now->tv_nsec = ns < 0 ? ns + 1000000000 : ns % 1000000000;
	}
	return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	struct timespec read = {0};
	int result = clock_gettime(CLOCK_REALTIME, &read);

	(void)zone;
	now->tv_sec = read.tv_sec;
	now->tv_usec = read.tv_nsec / 1000;
	return result;
}

time_t time(time_t *out)
{
	struct timespec read = {0};

	clock_gettime(CLOCK_REALTIME, &read);
	if (out != NULL) {
		*out = read.tv_sec;
	}
	return read.tv_sec;
}
