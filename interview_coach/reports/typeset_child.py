"""The program that sets one report: JSON on standard input, the file on standard output.

    python -I typeset_child.py

It is run by `typesetting`, in a process of its own and with limits: what goes wrong in the native
code of the typesetter must not take the web process with it. It imports nothing of ours. The
templates are the only files it may read, and of the report it sees nothing but text: text that is
passed as data is never read as markup.
"""

from __future__ import annotations

import json
import resource
import sys

import typst

CPU_SECONDS = 30
MEMORY_BYTES = 4 * 1024**3


def main() -> int:
    """Set what is asked for; 1 when it could not be done, with the reason on standard error."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=asked["fonts"]
    )
    told = {
        "input": asked["main"],
        "root": asked["root"],
        "font_paths": fonts,
        "sys_inputs": {"report": asked["report"]},
        "format": "pdf",
        "timestamp": asked["timestamp"],
    }
    try:
        made = typst.compile(**told, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if not error.message.startswith("PDF/UA-1"):
            sys.stderr.write(f"{error.message}\n{error.diagnostic}")
            return 1
        # A cluster of letters that no single font has: still tagged, only not certified as UA-1.
        sys.stderr.write(error.message)
        made = typst.compile(**told)
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
