"""Times, processor time and memory of builds."""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass

TEXT = "\nOne more paragraph: {}.\n"


@dataclass(frozen=True)
class Run:
    """One run of a program."""

    seconds: float
    # Processor time outside the system, of all cores together, in seconds.
    user: float
    # The most memory that it held at a time, in MB. Linux counts the script that starts it as its beginning, so that
    # nothing below the 20 MB or so of that is seen.
    memory: float


def run(command, folder):
    """Runs a program to its end; its messages are shown where it fails."""
    with tempfile.TemporaryFile() as messages:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=messages, stderr=messages)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            messages.seek(0)
            raise RuntimeError(f"{command} failed:\n{messages.read().decode(errors='replace')}")
    return Run(seconds, usage.ru_utime, usage.ru_maxrss / 1024)


def builds(sites, runs):
    """The runs of each tool, by what was built: the tools take turns, so that a busy minute meets all of them."""
    found = {}
    for turn in range(runs):
        for tool, folder in sites:
            def timed(kind, command):
                found.setdefault((tool.name, kind), []).append(run(command, folder))

            shutil.rmtree(folder / tool.output, ignore_errors=True)
            timed("cold", tool.build)
            timed("again", tool.build)
            with topic_file(folder).open("a") as file:
                file.write(TEXT.format(turn))
            timed("text", tool.build)
            if tool.check:
                timed("check", tool.check)
    return found


def median(found, tool, kind, what="seconds"):
    """The median of one figure, or `None`."""
    runs = found.get((tool, kind))
    return statistics.median(getattr(run, what) for run in runs) if runs else None


def topic_file(folder):
    """The source of one topic, always the same: one that others require."""
    return sorted(folder.glob("content/road-0/**/*-3.md"))[0]


def sizes(tool, folder):
    """How many files a build has written, their bytes, and the bytes of a topic's page on the average."""
    files = [path.stat().st_size for path in (folder / tool.output).rglob("*") if path.is_file()]
    pages = [path.stat().st_size for path in (folder / tool.output).glob(tool.pages)]
    return len(files), sum(files), sum(pages) / max(len(pages), 1)
