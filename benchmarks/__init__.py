"""Every speed and memory figure that the documentation quotes: `python -m benchmarks --list`.

A benchmark is a module of this folder with a function `run() -> Figures`; its docstring's first line is its
description. Add it to `BENCHMARKS`, one line a benchmark.
"""

from typing import Final

BENCHMARKS: Final[dict[str, str]] = {
    "pdf": "benchmarks.pdf",
    "printing": "benchmarks.printing",
    "submit": "benchmarks.submit",
    "pages": "benchmarks.pages",
    "capture": "benchmarks.capture",
    "comparison": "benchmarks.comparison",
    "fairness": "benchmarks.fairness",
    "compare_speed": "benchmarks.compare_speed",
}
