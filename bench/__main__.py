"""`./coach bench NAME [arguments]` runs one benchmark; without a name they are listed."""

from __future__ import annotations

import ast
import runpy
import sys
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent


def benchmarks() -> dict[str, str]:
    """Each benchmark's name with what its module says of it in one line."""
    found: dict[str, str] = {}
    for file in sorted(_FOLDER.glob("*.py")):
        text = file.read_text(encoding="utf-8")
        if file.stem.startswith("__") or '__name__ == "__main__"' not in text:
            continue
        first = " ".join((ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0].split())
        found[file.stem] = first
    return found


def main(arguments: list[str]) -> int:
    """List the benchmarks, or run one with what follows its name; 2 for a name there is none of."""
    names = benchmarks()
    if not arguments or arguments[0] in {"-h", "--help"}:
        width = max(len(name) for name in names)
        print("\n".join(f"{name.ljust(width)}  {said}" for name, said in names.items()))
        return 0
    name = arguments[0].replace("-", "_")
    if name not in names:
        print(f"coach: no benchmark {arguments[0]}; there are {', '.join(names)}", file=sys.stderr)
        return 2
    sys.argv = [f"bench.{name}", *arguments[1:]]
    runpy.run_module(f"bench.{name}", run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
