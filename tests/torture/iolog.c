/* A library in front of libc (LD_PRELOAD): appends every change of a file below $IOLOG_DIR, and every write on standard
   output, to the file $IOLOG, in order.
   A record is: kind (1 byte), length of the path (2), offset (8), length of the data (8), path, data.
   Kinds: W write, T truncate, S sync of a file, D sync of a folder, U unlink, R rename (data: the new path), A standard
   output. With $IOLOG_NOSYNC the syncs are written down and not done. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ({ static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
    real; })

static int log_fd = -2;
static const char *root;
static size_t root_length;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static int on(void) {
    if (log_fd == -2) {
        const char *file = getenv("IOLOG");
        root = getenv("IOLOG_DIR");
        root_length = root ? strlen(root) : 0;
        log_fd = (file && root_length) ? REAL(open)(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;
        if (log_fd >= 0) log_fd = fcntl(log_fd, F_DUPFD_CLOEXEC, 900);
    }
    return log_fd >= 0;
}

static int below(const char *path) { return !strncmp(path, root, root_length); }

static int path_of(int fd, char *out) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, out, 4095);
    if (length < 0) return 0;
    out[length] = 0;
    return below(out);
}

static void put(char kind, const char *path, uint64_t offset, const void *data, uint64_t length) {
    unsigned char head[19];
    uint16_t path_length = strlen(path);
    head[0] = kind;
    memcpy(head + 1, &path_length, 2);
    memcpy(head + 3, &offset, 8);
    memcpy(head + 11, &length, 8);
    struct iovec parts[3] = {{head, 19}, {(void *)path, path_length}, {(void *)data, length}};
    pthread_mutex_lock(&guard);
    if (REAL(writev)(log_fd, parts, 3) < 0) abort();
    pthread_mutex_unlock(&guard);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    ssize_t done = REAL(pwrite64)(fd, data, length, offset);
    char path[4096];
    if (done > 0 && on() && path_of(fd, path)) put('W', path, offset, data, done);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

ssize_t write(int fd, const void *data, size_t length) {
    if (fd == 1 && on()) {
        put('A', "", 0, data, length);
        return REAL(write)(fd, data, length);
    }
    off_t offset = -1;
    char path[4096];
    int seen = on() && fd != log_fd && path_of(fd, path);
    if (seen) offset = lseek(fd, 0, SEEK_CUR);
    ssize_t done = REAL(write)(fd, data, length);
    if (seen && done > 0) put('W', path, offset, data, done);
    return done;
}

int ftruncate64(int fd, off64_t length) {
    int failed = REAL(ftruncate64)(fd, length);
    char path[4096];
    if (!failed && on() && path_of(fd, path)) put('T', path, length, "", 0);
    return failed;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

static void synced(int fd) {
    char path[4096];
    struct stat found;
    if (on() && path_of(fd, path)) {
        fstat(fd, &found);
        put(S_ISDIR(found.st_mode) ? 'D' : 'S', path, 0, "", 0);
    }
}

int fsync(int fd) {
    int failed = getenv("IOLOG_NOSYNC") ? 0 : REAL(fsync)(fd);
    if (!failed) synced(fd);
    return failed;
}

int fdatasync(int fd) {
    int failed = getenv("IOLOG_NOSYNC") ? 0 : REAL(fdatasync)(fd);
    if (!failed) synced(fd);
    return failed;
}

int unlink(const char *path) {
    int failed = REAL(unlink)(path);
    if (!failed && on() && below(path)) put('U', path, 0, "", 0);
    return failed;
}

int rename(const char *from, const char *to) {
    int failed = REAL(rename)(from, to);
    if (!failed && on() && below(from)) put('R', from, 0, to, strlen(to));
    return failed;
}
