"""How long the servers for authors take, as a browser would see it: over HTTP, until the new page is answered."""

import os
import re
import signal
import socket
import statistics
import subprocess
import time
import urllib.error
import urllib.request

from measure import topic_file

PATIENCE = 120.0
# A page is asked for again after this time. What is shorter is not seen.
PAUSE = 0.005
# Between two saves, so that none falls into the work that the last one made.
REST = 2.0


def latencies(tool, folder, saves):
    """Medians in seconds: `start`, `text`, `title`. What did not come in two minutes is `None`."""
    subject = topic_file(folder)
    dependent = requiring(folder, subject.stem)
    port = free_port()

    def shown(page, text):
        return waited(f"http://localhost:{port}/topics/{page}/", text)

    quiet = subprocess.DEVNULL
    start = time.perf_counter()
    process = subprocess.Popen(
        [*tool.serve, str(port)], cwd=folder, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        found = {"start": since(start, shown(subject.stem, ""))}
        # Servers may do more for the pages that were looked at.
        shown(dependent.stem, "")
        times = {"text": [], "title": []}
        for _ in range(saves):
            time.sleep(REST)
            mark = f"Saved text {time.time_ns()}"
            start = saved(subject, subject.read_text() + f"\n{mark}.\n")
            times["text"].append(since(start, shown(subject.stem, mark)))
            time.sleep(REST)
            mark = f"Saved title {time.time_ns()}"
            start = saved(subject, re.sub("(?m)^title: .*", f"title: {mark}", subject.read_text(), count=1))
            times["title"].append(since(start, shown(dependent.stem, mark)))
        return found | {kind: middle(taken) for kind, taken in times.items()}
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def requiring(folder, topic):
    """A topic that requires this one: its page shows the title."""
    asks = re.compile(rf"(?m)^ *requires: \[.*\b{topic}\b")
    return next(path for path in sorted(folder.glob("content/road-0/**/*.md")) if asks.search(path.read_text()))


def saved(path, text):
    """Writes as editors do that replace a file's content, and returns when that was done."""
    path.write_text(text)
    return time.perf_counter()


def waited(url, text):
    """Asks for a page until it is there with this text; the moment, or `None`."""
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                if text in answer.read().decode():
                    return time.perf_counter()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(PAUSE)
    return None


def since(start, end):
    return None if end is None else end - start


def middle(times):
    return None if None in times else statistics.median(times)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
