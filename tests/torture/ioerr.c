/* A library in front of libc (LD_PRELOAD): the $IOERR_N-th change of a file below $IOERR_DIR fails with $IOERR_ERRNO,
   once, or from then on with $IOERR_STICKY. A write that fails for want of room (28) writes half. How many changes there
   were is left in the file $IOERR_COUNT. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REAL(name) ({ static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); \
    real; })

static long count;

static int fails(int fd, const char *path) {
    static long which = -1;
    static const char *root;
    char found[4096];
    if (which < 0) {
        which = atol(getenv("IOERR_N") ?: "0");
        root = getenv("IOERR_DIR") ?: "?";
    }
    if (!path) {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(link, found, 4095);
        if (length < 0) return 0;
        found[length] = 0;
        path = found;
    }
    if (strncmp(path, root, strlen(root))) return 0;
    size_t length = strlen(path);
    if (length > 4 && !strcmp(path + length - 4, "-shm")) return 0;
    count++;
    if (which > 0 && (count == which || (count > which && getenv("IOERR_STICKY")))) {
        errno = atoi(getenv("IOERR_ERRNO") ?: "5");
        return 1;
    }
    return 0;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    if (!fails(fd, 0)) return REAL(pwrite64)(fd, data, length, offset);
    if (errno == ENOSPC && length > 1) return REAL(pwrite64)(fd, data, length / 2, offset);
    return -1;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

int fsync(int fd) { return fails(fd, 0) ? -1 : REAL(fsync)(fd); }

int fdatasync(int fd) { return fails(fd, 0) ? -1 : REAL(fdatasync)(fd); }

int ftruncate64(int fd, off64_t length) { return fails(fd, 0) ? -1 : REAL(ftruncate64)(fd, length); }

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int unlink(const char *path) { return fails(-1, path) ? -1 : REAL(unlink)(path); }

__attribute__((destructor)) static void say(void) {
    const char *target = getenv("IOERR_COUNT");
    FILE *file = target ? fopen(target, "w") : 0;
    if (file) {
        fprintf(file, "%ld", count);
        fclose(file);
    }
}
