"""How the work of roadbook grows with the size of a site, in instructions, which no other program on the machine disturbs.

`python3 benches/growth/growth.py` counts them with Valgrind's cachegrind, on one thread, and fails where any case grows
faster than topics^1.05. `benches/README.md` says more."""

import math
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
MOST = 1.05
# The command, the shape of the site, and its two sizes in topics.
CASES = [
    ("check", "roads", 500, 2000),
    ("check", "road", 500, 2000),
    ("check", "stage", 500, 2000),
    ("build", "roads", 250, 1000),
]


def main():
    # What is counted is the program as people install it; what makes the sites may be slow, and tests have compiled it.
    for what in (["--release"], ["--example", "corpus"]):
        subprocess.run(["cargo", "build", "--locked", *what], cwd=REPOSITORY, check=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        grown = list(pool.map(lambda case: growth(*case), CASES))
    for (command, shape, small, large), exponent in zip(CASES, grown):
        verdict = "" if exponent <= MOST else f"  more than {MOST}"
        print(f"{command:5} {shape:5} from {small:,} to {large:,} topics: instructions grow with topics^{exponent:.3f}{verdict}")
    sys.exit(max(grown) > MOST)


def growth(command, shape, small, large):
    """The exponent e in instructions ~ topics^e."""
    few, many = (instructions(command, shape, topics) for topics in (small, large))
    return math.log(many / few) / math.log(large / small)


def instructions(command, shape, topics):
    """How many instructions a command takes on a site, the first time."""
    built = Path(os.environ.get("CARGO_TARGET_DIR") or REPOSITORY / "target")
    with tempfile.TemporaryDirectory(prefix="roadbook-growth-") as folder:
        site = Path(folder) / "site"
        subprocess.run([built / "debug/examples/corpus", site, "--topics", str(topics), "--shape", shape], check=True,
                       stdout=subprocess.DEVNULL)
        run = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null",
               built / "release/roadbook", command, "--root", site]
        environment = os.environ | {"RAYON_NUM_THREADS": "1", "XDG_CACHE_HOME": f"{folder}/cache"}
        done = subprocess.run(run, env=environment, capture_output=True, text=True)
    counted = re.search(r"I\s+refs:\s+([\d,]+)", done.stderr)
    if done.returncode or not counted:
        sys.exit(f"{command} of {topics} topics: {done.stderr}")
    return int(counted[1].replace(",", ""))


if __name__ == "__main__":
    main()
