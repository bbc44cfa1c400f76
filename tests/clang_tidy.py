#!/usr/bin/env python3
"""Runs clang-tidy on every source of the project, and remembers what was clean.

usage: tests/clang_tidy.py BUILD_FOLDER
The sources of a target are checked a batch at a time, as one translation unit: most of clang-tidy's time goes
into the headers that they share. A batch is checked again when one of its sources, a header of the project that
they include, or .clang-tidy changed.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = Path(sys.argv[1]).resolve()
WORK = BUILD / "clang-tidy"
MEMORY = WORK / "clean.json"
CHECKED = ("app", "drivers", "kiosk-ui")
BATCH = 10
INCLUDE = re.compile(r'^\s*#include\s+[<"]([^>"]+)[>"]', re.MULTILINE)


def is_ours(path):
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in CHECKED


def targets():
    """The project's sources under the flags they are compiled with: {flags: [path]}."""
    found = {}
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        path = Path(entry["directory"], entry["file"]).resolve()
        parts = [path]
        if "Unity" in path.parts:  # CMake's own batch, generated sources among it
            parts = [Path(name) for name in INCLUDE.findall(path.read_text())]
        words = shlex.split(entry["command"])
        flags = []
        for word, following in zip(words, words[1:] + [""]):
            if word == "-isystem":
                flags += [word, following]
            elif word.startswith(("-I", "-D", "-std", "-f")):
                flags.append(word)
        found.setdefault(tuple(flags), set()).update(part for part in parts if is_ours(part))
    return found


def batches():
    for flags, paths in targets().items():
        for main in sorted(path for path in paths if path.name == "main.cpp"):
            yield flags, [main]  # each has a main() of its own
        ordered = sorted(path for path in paths if path.name != "main.cpp")
        for first in range(0, len(ordered), BATCH):
            yield flags, ordered[first : first + BATCH]


def headers_of(path, seen):
    """Headers of the project that a file includes, directly or not."""
    for name in INCLUDE.findall(path.read_text(errors="replace")):
        for folder in (ROOT, ROOT / "app", ROOT / "include", ROOT / "kiosk-ui", path.parent):
            header = folder / name
            if header.is_file() and header not in seen:
                seen.add(header)
                headers_of(header, seen)
    return seen


def fingerprint(flags, paths):
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes() + repr((flags, paths)).encode())
    files = set(paths)
    for path in paths:
        headers_of(path, files)
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def check(batch):
    print_, flags, paths = batch
    unit = WORK / f"{print_}.cpp"
    unit.write_text("".join(f'#include "{path}"\n' for path in paths))
    command = ["clang-tidy-14", "--quiet", f"--config-file={ROOT}/.clang-tidy", str(unit), "--", *flags]
    result = subprocess.run([*command, "-w"], capture_output=True, text=True, check=False)
    unit.unlink()
    return print_, result.returncode, result.stdout + (result.stderr if "error:" in result.stderr else "")


def main():
    WORK.mkdir(exist_ok=True)
    clean = set(json.loads(MEMORY.read_text())) if MEMORY.exists() else set()
    everything = [(fingerprint(flags, paths), flags, paths) for flags, paths in batches()]
    todo = [batch for batch in everything if batch[0] not in clean]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for print_, status, words in pool.map(check, sorted(todo, key=lambda batch: -len(batch[2]))):
            if status == 0:
                clean.add(print_)
            else:
                failed += 1
                print(words)
    MEMORY.write_text(json.dumps(sorted(clean & {batch[0] for batch in everything})))
    sources = sum(len(batch[2]) for batch in everything)
    print(f"{sources} sources in {len(everything)} batches, {len(todo)} checked, {failed} with findings")
    return 1 if failed or sources == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
