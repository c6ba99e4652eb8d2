/* Record what a process writes below one folder, in order, with every sync.
 *
 * Preloaded with LD_PRELOAD. WW_TRACE names the record, WW_BELOW the folder. A record is a
 * line "op path offset length\n", followed by the bytes of a write. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;
static char below[512];
static size_t below_length;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
    const char *to = getenv("WW_TRACE"), *folder = getenv("WW_BELOW");
    if (!to || !folder) return;
    snprintf(below, sizeof below, "%s/", folder);
    below_length = strlen(below);
    trace = open(to, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

static const char *watched(int fd, char *path, size_t size) {
    char link[64];
    if (trace < 0 || fd < 0 || fd == trace) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length <= (ssize_t)below_length || strncmp(path, below, below_length)) return NULL;
    path[length] = 0;
    return path + below_length;
}

static void note(char op, const char *path, off_t offset, size_t length, const void *bytes) {
    char line[1024];
    int size = snprintf(line, sizeof line, "%c %s %lld %zu\n", op, path, (long long)offset, length);
    pthread_mutex_lock(&turn);
    REAL(write)(trace, line, size);
    if (bytes) REAL(write)(trace, bytes, length);
    pthread_mutex_unlock(&turn);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) {
    char path[512];
    const char *name = watched(fd, path, sizeof path);
    if (name) note('W', name, offset, length, bytes);
    return REAL(pwrite)(fd, bytes, length, offset);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) {
    return pwrite(fd, bytes, length, offset);
}

ssize_t write(int fd, const void *bytes, size_t length) {
    char path[512];
    const char *name = watched(fd, path, sizeof path);
    if (name) note('W', name, lseek(fd, 0, SEEK_CUR), length, bytes);
    return REAL(write)(fd, bytes, length);
}

int fsync(int fd) {
    char path[512];
    const char *name = watched(fd, path, sizeof path);
    int done = REAL(fsync)(fd);
    if (name && !done) note('S', name, 0, 0, NULL);
    return done;
}

int fdatasync(int fd) {
    char path[512];
    const char *name = watched(fd, path, sizeof path);
    int done = REAL(fdatasync)(fd);
    if (name && !done) note('S', name, 0, 0, NULL);
    return done;
}

int ftruncate(int fd, off_t size) {
    char path[512];
    const char *name = watched(fd, path, sizeof path);
    if (name) note('T', name, size, 0, NULL);
    return REAL(ftruncate)(fd, size);
}

int unlink(const char *path) {
    if (trace >= 0 && !strncmp(path, below, below_length)) note('U', path + below_length, 0, 0, NULL);
    return REAL(unlink)(path);
}

int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }
