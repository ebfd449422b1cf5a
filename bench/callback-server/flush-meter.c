/*
 * A library for LD_PRELOAD. The library counts the flushes of a process, and makes each flush take longer:
 *
 *   FLUSH_METER      a file of zeros with the size of `struct meter`, in which all processes count together
 *   FLUSH_EXTRA_MS   milliseconds that each flush takes longer than the disk does
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static const uint64_t second = 1000000000;
static struct meter {
  uint64_t flushes, nanoseconds;
} *meter;
static uint64_t extra;

__attribute__((constructor)) static void open_meter(void) {
  const char *path = getenv("FLUSH_METER"), *ms = getenv("FLUSH_EXTRA_MS");
  int file = path && ms ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (file < 0) abort(); // Without the meter, the figures would be wrong.
  void *mapped = mmap(NULL, sizeof *meter, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (mapped == MAP_FAILED) abort();
  close(file);
  meter = mapped;
  extra = (uint64_t)(atof(ms) * 1e6);
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * second + time.tv_nsec;
}

/* Sleeps until a time of the clock, even if signals arrive. */
static void sleep_until(uint64_t then) {
  struct timespec time = {then / second, then % second};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR) {}
}

static int flush(int descriptor, int (*real)(int)) {
  uint64_t begun = now();
  int result = real(descriptor);
  if (extra) sleep_until(now() + extra);
  __atomic_add_fetch(&meter->nanoseconds, now() - begun, __ATOMIC_RELAXED);
  __atomic_add_fetch(&meter->flushes, 1, __ATOMIC_RELAXED);
  return result;
}

int fsync(int descriptor) { return flush(descriptor, (int (*)(int))dlsym(RTLD_NEXT, "fsync")); }
int fdatasync(int descriptor) { return flush(descriptor, (int (*)(int))dlsym(RTLD_NEXT, "fdatasync")); }
