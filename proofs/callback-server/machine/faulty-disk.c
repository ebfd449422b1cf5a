/*
 * A library for LD_PRELOAD that watches the syncs of a process to the files of one folder:
 *
 *   FAULT_FOLDER    the watched folder
 *   FAULT_SYNCED    receives what a power cut would leave of the folder: each file as it was when its last sync
 *                   returned, and in `.names` the folder's entries when the folder's last sync returned
 *   FAULT_SYNC_AT   the number of the file sync, from 1, that fails with EIO. From then on nothing is copied to
 *                   FAULT_SYNCED: a kernel drops what it could not write, and reports that only once. Syncs of the
 *                   folder itself do not fail, because SQLite ignores their errors
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

static pthread_mutex_t sync_mutex = PTHREAD_MUTEX_INITIALIZER;
static long syncs;
static int has_failed;

/* Finds the path of a descriptor. Returns whether the path is the watched folder or a file in it. */
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

/* Copies all or nothing: a kill in between leaves the copy of an earlier sync. */
static void copy_synced(const char *path) {
  const char *synced = getenv("FAULT_SYNCED");
  if (!synced) return;
  int is_folder = strcmp(path, getenv("FAULT_FOLDER")) == 0;
  char whole[PATH_MAX + 16], part[PATH_MAX + 16];
  snprintf(whole, sizeof whole, "%s/%s", synced, is_folder ? ".names" : strrchr(path, '/') + 1);
  snprintf(part, sizeof part, "%s/.part", synced);
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
  pthread_mutex_lock(&sync_mutex);
  const char *failing = getenv("FAULT_SYNC_AT");
  int is_file = strcmp(path, getenv("FAULT_FOLDER")) != 0;
  int fails = failing && is_file && ++syncs == atol(failing);
  int result = fails ? -1 : real(descriptor);
  has_failed |= fails;
  if (result == 0 && !has_failed) copy_synced(path);
  pthread_mutex_unlock(&sync_mutex);
  if (fails) errno = EIO;
  return result;
}

int fsync(int descriptor) { return sync_of(descriptor, "fsync"); }
int fdatasync(int descriptor) { return sync_of(descriptor, "fdatasync"); }
