/*
 * Stands between a process and its files, by LD_PRELOAD, and takes down in RECORDER_LOG what is
 * done to those below the directory RECORDER_ROOT, in the order in which the kernel did it. A line
 * each, fields by spaces, paths last; a write's bytes follow its line:
 *
 *   open FD CREATED TRUNCATED PATH     close FD            write FD OFFSET LENGTH
 *   truncate FD LENGTH                 sync FD             rename LENGTH_OF_FROM FROM TO
 *   unlink PATH                        mkdir PATH          link LENGTH_OF_FROM FROM TO
 *
 * One lock is held over each call and its line, syncs included, so that what stands before a sync
 * was done before it began. Calls that failed are left out.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 65536
#define REAL(name) ((__typeof__(&name)) real(#name))

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char watched[FDS];
static int log_fd = -1;
static const char *root;
static size_t root_length;

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) {
    abort();
  }
  return found;
}

static void fail(const char *what) {
  perror(what);
  abort();
}

__attribute__((constructor)) static void start(void) {
  const char *log = getenv("RECORDER_LOG");
  const char *directory = getenv("RECORDER_ROOT");
  if (!log || !directory) {
    return;
  }
  root = directory;
  root_length = strlen(directory);
  log_fd = REAL(open)(log, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  if (log_fd < 0) {
    fail("recorder: RECORDER_LOG");
  }
}

static int below(const char *path) {
  return log_fd >= 0 && strncmp(path, root, root_length) == 0 &&
         (path[root_length] == '/' || path[root_length] == 0);
}

static int follows(int fd) { return fd >= 0 && fd < FDS && watched[fd]; }

static void put(const void *bytes, size_t length) {
  const char *next = bytes;
  while (length > 0) {
    ssize_t done = REAL(write)(log_fd, next, length);
    if (done < 0) {
      fail("recorder: writing");
    }
    next += done;
    length -= done;
  }
}

static void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void say(const char *format, ...) {
  char line[2 * PATH_MAX + 128];
  va_list args;
  va_start(args, format);
  int length = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  if (length < 0 || (size_t) length >= sizeof line) {
    abort();
  }
  put(line, length);
}

/* Where a descriptor leads: relative names and links are resolved by the kernel. */
static int path_of(int fd, char path[PATH_MAX]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) {
    return 0;
  }
  path[length] = 0;
  return 1;
}

/* Absolute names are taken as they are; others belong to a directory. */
static int absolute(int directory, const char *name, char path[PATH_MAX]) {
  char folder[PATH_MAX];
  if (name[0] == '/') {
    return snprintf(path, PATH_MAX, "%s", name) < PATH_MAX;
  }
  if (directory == AT_FDCWD) {
    if (!getcwd(folder, sizeof folder)) {
      return 0;
    }
  } else if (!path_of(directory, folder)) {
    return 0;
  }
  return snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX;
}

static int opened(int directory, const char *name, int flags, mode_t mode) {
  char path[PATH_MAX];
  int there;
  struct stat stat_before;
  pthread_mutex_lock(&lock);
  int is_ours = absolute(directory, name, path) && below(path);
  there = is_ours && lstat(path, &stat_before) == 0;
  int fd = REAL(openat)(directory, name, flags, mode);
  int error = errno;
  if (fd >= 0 && fd < FDS) {
    watched[fd] = is_ours;
  }
  if (follows(fd)) {
    say("open %d %d %d %s\n", fd, !there, there && (flags & O_TRUNC) != 0, path);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return fd;
}

static mode_t mode_in(int flags, va_list args) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

#define OPEN(name)                                  \
  int name(const char *path, int flags, ...) {      \
    va_list args;                                   \
    va_start(args, flags);                          \
    mode_t mode = mode_in(flags, args);             \
    va_end(args);                                   \
    return opened(AT_FDCWD, path, flags, mode);     \
  }
#define OPENAT(name)                                              \
  int name(int directory, const char *path, int flags, ...) {    \
    va_list args;                                                 \
    va_start(args, flags);                                        \
    mode_t mode = mode_in(flags, args);                           \
    va_end(args);                                                 \
    return opened(directory, path, flags, mode);                  \
  }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int creat(const char *path, mode_t mode) {
  return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int close(int fd) {
  pthread_mutex_lock(&lock);
  if (follows(fd)) {
    watched[fd] = 0;
    say("close %d\n", fd);
  }
  int result = REAL(close)(fd);
  int error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

/* What was written at the descriptor's own place ends there. */
ssize_t write(int fd, const void *bytes, size_t length) {
  if (!follows(fd)) {
    return REAL(write)(fd, bytes, length);
  }
  pthread_mutex_lock(&lock);
  ssize_t done = REAL(write)(fd, bytes, length);
  int error = errno;
  if (done > 0) {
    say("write %d %lld %zd\n", fd, (long long) lseek(fd, 0, SEEK_CUR) - done, done);
    put(bytes, done);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return done;
}

#define PWRITE(name, offset_type)                                                   \
  ssize_t name(int fd, const void *bytes, size_t length, offset_type offset) {      \
    if (!follows(fd)) {                                                             \
      return REAL(name)(fd, bytes, length, offset);                                 \
    }                                                                               \
    pthread_mutex_lock(&lock);                                                      \
    ssize_t done = REAL(name)(fd, bytes, length, offset);                           \
    int error = errno;                                                              \
    if (done > 0) {                                                                 \
      say("write %d %lld %zd\n", fd, (long long) offset, done);                     \
      put(bytes, done);                                                             \
    }                                                                               \
    pthread_mutex_unlock(&lock);                                                    \
    errno = error;                                                                  \
    return done;                                                                    \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

/* Nothing of what is recorded writes by these; were that to change, the record would have holes. */
#define NEVER(name, ...)                                            \
  ssize_t name(int fd, const struct iovec *parts, int count, ##__VA_ARGS__)
NEVER(writev) {
  if (follows(fd)) {
    fail("recorder: writev");
  }
  return REAL(writev)(fd, parts, count);
}
NEVER(pwritev, off_t offset) {
  if (follows(fd)) {
    fail("recorder: pwritev");
  }
  return REAL(pwritev)(fd, parts, count, offset);
}

#define TRUNCATE(name, length_type)                       \
  int name(int fd, length_type length) {                  \
    pthread_mutex_lock(&lock);                            \
    int result = REAL(name)(fd, length);                  \
    int error = errno;                                    \
    if (result == 0 && follows(fd)) {                     \
      say("truncate %d %lld\n", fd, (long long) length);  \
    }                                                     \
    pthread_mutex_unlock(&lock);                          \
    errno = error;                                        \
    return result;                                        \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define SYNC(name)                          \
  int name(int fd) {                        \
    if (!follows(fd)) {                     \
      return REAL(name)(fd);                \
    }                                       \
    pthread_mutex_lock(&lock);              \
    int result = REAL(name)(fd);            \
    int error = errno;                      \
    if (result == 0) {                      \
      say("sync %d\n", fd);                 \
    }                                       \
    pthread_mutex_unlock(&lock);            \
    errno = error;                          \
    return result;                          \
  }
SYNC(fsync)
SYNC(fdatasync)

static int two_names(
    const char *op, int (*call)(const char *, const char *), const char *from, const char *to) {
  char first[PATH_MAX];
  char second[PATH_MAX];
  pthread_mutex_lock(&lock);
  int ours = absolute(AT_FDCWD, from, first) && absolute(AT_FDCWD, to, second) &&
             (below(first) || below(second));
  int result = call(from, to);
  int error = errno;
  if (result == 0 && ours) {
    say("%s %zu %s %s\n", op, strlen(first), first, second);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int rename(const char *from, const char *to) {
  return two_names("rename", REAL(rename), from, to);
}

int link(const char *from, const char *to) { return two_names("link", REAL(link), from, to); }

static int one_name(const char *op, int result, const char *path, int ours) {
  int error = errno;
  if (result == 0 && ours) {
    say("%s %s\n", op, path);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int unlinkat(int directory, const char *name, int flags) {
  char path[PATH_MAX];
  pthread_mutex_lock(&lock);
  int ours = absolute(directory, name, path) && below(path);
  return one_name("unlink", REAL(unlinkat)(directory, name, flags), path, ours);
}

int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }

int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdir(const char *name, mode_t mode) {
  char path[PATH_MAX];
  pthread_mutex_lock(&lock);
  int ours = absolute(AT_FDCWD, name, path) && below(path);
  return one_name("mkdir", REAL(mkdir)(name, mode), path, ours);
}
