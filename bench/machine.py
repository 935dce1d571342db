"""What the figures were measured on: without it they say nothing."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

_PACKAGES = (
    "reflex",
    "granian",
    "rq",
    "redis",
    "faster-whisper",
    "ctranslate2",
    "av",
    "numpy",
    "onnxruntime",
    "tokenizers",
    "transformers",
    "typst",
)
_KIB_IN_GIB = 1024**2
# Above this share of the cores, somebody else's work is in the figures.
_QUIET_LOAD_A_CORE = 0.5


def describe() -> dict[str, Any]:
    """The machine as JSON: processor, cores this process may use, memory (GiB), versions."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "cores_of_the_machine": os.cpu_count(),
        "memory_gib": _memory_gib(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
    }


def load() -> float:
    """How many processes wanted a core over the last minute, on average."""
    return round(os.getloadavg()[0], 2)


def is_quiet(load_before: float) -> bool:
    """Whether a machine with this load was free enough for its figures to be believed."""
    return load_before <= _QUIET_LOAD_A_CORE * (os.cpu_count() or 1)


def in_words(machine: dict[str, Any]) -> str:
    """One line a person reads."""
    return (
        f"{machine['processor']}, {machine['cores']} of {machine['cores_of_the_machine']} cores, "
        f"{machine['memory_gib']} GiB, {machine['system']}, Python {machine['python']}"
    )


def keep_to_cores(count: int) -> None:
    """Let this process and everything it starts use so many cores at most."""
    allowed = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, allowed[:count])


def peak_memory_mb() -> float:
    """The most memory this process has held, in MB (Linux).

    Not `getrusage`: a process that was started by a larger one inherits the peak of that one.
    """
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() in {"model name", "Model"}:
            return value.strip()
    return platform.machine()


def _memory_gib() -> float | None:
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemTotal:"):
            return round(int(line.split()[1]) / _KIB_IN_GIB, 1)
    return None


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
