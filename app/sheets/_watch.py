"""How much memory a child process takes, where the system cannot be told to limit it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

__all__ = ["memory_of"]


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Counters(ctypes.Structure):
        """``PROCESS_MEMORY_COUNTERS`` of psapi."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *(
                (name, ctypes.c_size_t)
                for name in (
                    "PeakWorkingSetSize",
                    "WorkingSetSize",
                    "QuotaPeakPagedPoolUsage",
                    "QuotaPagedPoolUsage",
                    "QuotaPeakNonPagedPoolUsage",
                    "QuotaNonPagedPoolUsage",
                    "PagefileUsage",
                    "PeakPagefileUsage",
                )
            ),
        )

    def memory_of(process: subprocess.Popen[bytes]) -> int:
        """Return the bytes that a running process holds; 0 where that cannot be found out."""
        counters = _Counters()
        counters.cb = ctypes.sizeof(counters)
        ask = ctypes.windll.kernel32.K32GetProcessMemoryInfo
        ask.argtypes = (wintypes.HANDLE, ctypes.POINTER(_Counters), wintypes.DWORD)
        if not ask(int(process._handle), ctypes.byref(counters), counters.cb):
            return 0
        return int(counters.PagefileUsage)

elif sys.platform == "linux":

    def memory_of(process: subprocess.Popen[bytes]) -> int:
        """Return the bytes that a running process holds; 0 where that cannot be found out."""
        try:
            told = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii")
            return int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return 0  # it has ended meanwhile

else:

    def memory_of(process: subprocess.Popen[bytes]) -> int:
        """Return the bytes that a running process holds; 0 where that cannot be found out."""
        command = ["ps", "-o", "rss=", "-p", str(process.pid)]
        try:
            asked = subprocess.run(command, capture_output=True, check=False, timeout=2)
            return int(asked.stdout or b"0") * 1024
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return 0
