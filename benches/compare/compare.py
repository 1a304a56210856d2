"""Compares roadbook with other generators on the same sites and prints tables in Markdown.

`python3 benches/compare/compare.py --help`; `benches/README.md` says what the figures mean."""

import argparse
import math
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import live
import measure
import tools

RAM = Path("/dev/shm")
# What a corpus of 10,000 topics takes with all its sites and what is built of them, in bytes.
ROOM = 4 << 30
LARGE = 100_000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="1000,10000", help="topics, with commas between them [1000,10000]")
    parser.add_argument("--runs", type=int, default=5, help="builds of each kind, of which the median is shown [5]")
    parser.add_argument("--saves", type=int, default=3, help="saves of each kind under the servers; 0: no servers [3]")
    parser.add_argument("--large", action="store_true", help=f"build {LARGE:,} topics too, with roadbook alone")
    parser.add_argument("--only", help="names of programs, with commas between them")
    parser.add_argument("--cores", type=int, default=2, help="how many cores all programs get [2]")
    parser.add_argument("--cache", type=Path, default=tools.default_cache(), help="where the others are installed")
    return parser.parse_args()


def main():
    # Stopped, it still takes its sites away and ends the servers that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    asked = arguments()
    all_tools, generator = tools.prepare(asked.cache)
    chosen = asked.only.split(",") if asked.only else list(all_tools)
    used = [all_tools[name] for name in chosen if name in all_tools]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: asked.cores])
    print(heading(used, asked), flush=True)
    with tempfile.TemporaryDirectory(prefix="roadbook-bench-", dir=place()) as root:
        corpora = Corpora(Path(root), generator)
        sizes = [int(size) for size in asked.sizes.split(",")]
        results = {size: compare(corpora, used, size, asked) for size in sizes}
        if asked.large:
            results[LARGE] = compare(corpora, [all_tools["roadbook"]], LARGE, asked)
    print(growth(used, {size: found for size, (found, _) in results.items()}), flush=True)


class Corpora:
    """Makes the sites of one size after the other in one folder."""

    def __init__(self, root, generator):
        self.root = root
        self.generator = generator

    def site(self, tool, topics):
        folder = self.root / f"{tool.name.replace(' ', '-')}-{topics}"
        command = [self.generator, folder, "--topics", str(topics), "--for", tool.sites]
        subprocess.run(command, check=True)
        if tool.packages:
            (folder / "node_modules").symlink_to(tool.packages)
        return folder


def compare(corpora, used, topics, asked):
    """Measures one size, prints it, and takes its sites away."""
    sites = [(tool, corpora.site(tool, topics)) for tool in used]
    found = measure.builds(sites, asked.runs)
    written = {tool.name: measure.sizes(tool, folder) for tool, folder in sites}
    print(f"### {topics:,} topics\n", flush=True)
    print(build_table(used, found, written), flush=True)
    if asked.saves:
        served = [(tool, live.latencies(tool, folder, asked.saves)) for tool, folder in sites if tool.serve]
        rows = [[tool.name, *(seconds(times[kind]) for kind in ("start", "text", "title"))] for tool, times in served]
        header = ["server", "start → first page", "save text → answered", "save title → answered"]
        print(table(header, rows), flush=True)
    for _, folder in sites:
        shutil.rmtree(folder)
    return found, written


def build_table(used, found, written):
    times = ["build", "user CPU", "memory", "again", "one text changed", "check"]
    header = ["", *times, "files", "output", "a topic's page"]
    rows = []
    for tool in used:
        files, total, page = written[tool.name]
        value = partial(measure.median, found, tool.name)
        times = [seconds(value("again")), seconds(value("text")), seconds(value("check"))]
        memory = f"{value('cold', 'memory'):.0f} MB"
        sizes = [f"{files:,}", f"{total / 1e6:.1f} MB", f"{page / 1e3:.1f} KB"]
        rows.append([tool.name, seconds(value("cold")), seconds(value("cold", "user")), memory, *times, *sizes])
    return table(header, rows)


def growth(used, results):
    """By how much more than the topics the times grow: the exponent from each size to the next, 1 for as much."""
    sizes = sorted(results)
    steps = list(zip(sizes, sizes[1:]))
    if not steps:
        return ""
    rows = []
    for tool in used:
        for kind in ("cold", "again", "text", "check"):
            times = [[measure.median(results[size], tool.name, kind) for size in step] for step in steps]
            if times[0][0]:
                rows.append([tool.name, kind, *(exponent(step, pair) for step, pair in zip(steps, times))])
    header = ["", "kind", *(f"{small:,} → {large:,}" for small, large in steps)]
    return "### Growth\n\n" + table(header, rows)


def exponent(topics, times):
    if None in times:
        return "–"
    return f"{math.log(times[1] / times[0]) / math.log(topics[1] / topics[0]):.2f}"


def heading(used, asked):
    versions = ", ".join(f"{tool.name} {tool.version}".strip() for tool in used)
    names = (line.split(": ")[1] for line in lines("/proc/cpuinfo") if line.startswith("model name"))
    processor = next(names, platform.processor()).strip()
    machine = f"{processor}, {asked.cores} cores, {platform.system()} {platform.release()}"
    load = f"load before the start {os.getloadavg()[0]:.1f}"
    return f"{versions}; {machine}; {load}. Medians of {asked.runs} runs.\n"


def lines(path):
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


def place():
    """A file system in memory where there is one with room, or the ordinary folder for temporary files."""
    return RAM if RAM.is_dir() and shutil.disk_usage(RAM).free > ROOM else None


def seconds(value):
    if value is None:
        return "–"
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def table(header, rows):
    """Rows as a table of Markdown."""
    ruled = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in ruled) + "\n"


if __name__ == "__main__":
    main()
