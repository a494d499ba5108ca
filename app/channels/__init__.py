"""Shop and mall formats. One file is one channel, found by walking the folder."""
