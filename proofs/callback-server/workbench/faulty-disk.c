/*
 * Stands between a process and its disk, by LD_PRELOAD, for the files of one folder:
 *
 *   FAULT_FOLDER    the folder that is watched
 *   FAULT_ASIDE     what a power cut would leave of it: a file gets there only as it was when a sync of it returned,
 *                   and `.names` lists what the folder held when a sync of the folder returned
 *   FAULT_SYNC_AT   the number of the sync of a file, from 1, that fails with EIO. From then on nothing reaches
 *                   FAULT_ASIDE, because a kernel drops what it could not write, and says so only once. The folder's
 *                   own syncs do not fail: SQLite passes over that
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static long syncs;
static int has_failed;

/* The path of a descriptor, where it is the watched folder or a file in it. */
static int watched(int descriptor, char path[PATH_MAX]) {
  const char *folder = getenv("FAULT_FOLDER");
  if (!folder) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return 0;
  path[length] = 0;
  size_t prefix = strlen(folder);
  return strncmp(path, folder, prefix) == 0 && (path[prefix] == 0 || path[prefix] == '/');
}

static void write_all(int to, const char *bytes, ssize_t length) {
  while (length > 0) {
    ssize_t written = write(to, bytes, length);
    if (written <= 0) abort();
    bytes += written;
    length -= written;
  }
}

static void copy_file(const char *path, int to) {
  static char buffer[1 << 20];
  int from = open(path, O_RDONLY);
  if (from < 0) return;
  for (ssize_t length; (length = read(from, buffer, sizeof buffer)) > 0;) write_all(to, buffer, length);
  close(from);
}

static void list_names(const char *folder, int to) {
  DIR *directory = opendir(folder);
  if (!directory) return;
  for (struct dirent *entry; (entry = readdir(directory));) dprintf(to, "%s\n", entry->d_name);
  closedir(directory);
}

/* All or nothing, so that a kill meanwhile leaves what an earlier sync left. */
static void set_aside(const char *path) {
  const char *aside = getenv("FAULT_ASIDE");
  if (!aside) return;
  int is_folder = strcmp(path, getenv("FAULT_FOLDER")) == 0;
  char whole[PATH_MAX + 16], part[PATH_MAX + 16];
  snprintf(whole, sizeof whole, "%s/%s", aside, is_folder ? ".names" : strrchr(path, '/') + 1);
  snprintf(part, sizeof part, "%s/.part", aside);
  int to = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (to < 0) abort();
  if (is_folder) list_names(path, to);
  else copy_file(path, to);
  close(to);
  if (rename(part, whole) != 0) abort();
}

static int sync_of(int descriptor, const char *name) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  char path[PATH_MAX];
  if (!watched(descriptor, path)) return real(descriptor);
  pthread_mutex_lock(&one_at_a_time);
  const char *failing = getenv("FAULT_SYNC_AT");
  int is_file = strcmp(path, getenv("FAULT_FOLDER")) != 0;
  int fails = failing && is_file && ++syncs == atol(failing);
  int result = fails ? -1 : real(descriptor);
  has_failed |= fails;
  if (result == 0 && !has_failed) set_aside(path);
  pthread_mutex_unlock(&one_at_a_time);
  if (fails) errno = EIO;
  return result;
}

int fsync(int descriptor) { return sync_of(descriptor, "fsync"); }
int fdatasync(int descriptor) { return sync_of(descriptor, "fdatasync"); }
