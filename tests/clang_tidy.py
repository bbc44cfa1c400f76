#!/usr/bin/env python3
"""Runs clang-tidy on the project's sources, and remembers what was clean.

usage: tests/clang_tidy.py BUILD_FOLDER [--all]
Without --all only what the newest commits, or what is not committed, touched: a source itself or the header of its
name. All sources where git does not know.
Sources are checked a batch at a time, as one translation unit: most of clang-tidy's time goes into the headers
that they share. A batch is checked again when one of its sources, a header of the project that
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
BATCH = 24
NEWEST = 12  # commits
INCLUDE = re.compile(r'^\s*#include\s+[<"]([^>"]+)[>"]', re.MULTILINE)


def is_ours(path):
    return path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in CHECKED


def sources():
    """The project's sources under the flags for all of them that use Qt, or do not: {flags: {path}}."""
    found = {False: ({}, set()), True: ({}, set())}  # a dict keeps the flags' order
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        path = Path(entry["directory"], entry["file"]).resolve()
        parts = [path]
        if "Unity" in path.parts:  # CMake's own batch, generated sources among it
            parts = [Path(name) for name in INCLUDE.findall(path.read_text())]
        parts = [part for part in parts if is_ours(part)]
        if not parts:
            continue
        words = shlex.split(entry["command"])
        flags, paths = found["-DQT_CORE_LIB" in words]
        paths.update(parts)
        for word, following in zip(words, words[1:] + [""]):
            if word == "-isystem":
                flags[word, following] = None
            elif word.startswith(("-I", "-D", "-std", "-fPIC")):
                flags[word,] = None
    return {tuple(word for flag in flags for word in flag): paths for flags, paths in found.values() if paths}


def git(*words):
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


def touched():
    """What the newest commits and the working tree changed, without its suffix; None when that cannot be told."""
    commits = git("log", "--no-merges", f"-{NEWEST}", "--name-only", "--format=")
    if not commits:
        return None
    names = {*commits, *git("diff", "--name-only", "HEAD"), *git("ls-files", "--others", "--exclude-standard")}
    return {(ROOT / name).with_suffix("") for name in names if name}


def batches(only):
    for flags, paths in sources().items():
        ordered = sorted(path for path in paths if only is None or path.with_suffix("") in only)
        for first in range(0, len(ordered), BATCH):
            yield flags, ordered[first : first + BATCH]


def unit_of(paths):
    """One translation unit of several, each main() under a name of its own."""
    lines = []
    for number, path in enumerate(paths):
        include = f'#include "{path}"'
        lines += [f"#define main main{number}", include, "#undef main"] if path.name == "main.cpp" else [include]
    return "\n".join(lines) + "\n"


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


def tidy(unit, flags, paths):
    unit.write_text(unit_of(paths))
    command = ["clang-tidy-14", "--quiet", f"--config-file={ROOT}/.clang-tidy", str(unit), "--", *flags]
    result = subprocess.run([*command, "-w"], capture_output=True, text=True, check=False)
    unit.unlink()
    if "[clang-diagnostic-error]" in result.stdout and len(paths) > 1:  # two of them have a name in common
        half = len(paths) // 2
        parts = [tidy(unit, flags, paths[:half]), tidy(unit, flags, paths[half:])]
        return max(status for status, _ in parts), "".join(words for _, words in parts)
    return result.returncode, result.stdout + (result.stderr if "error:" in result.stderr else "")


def check(batch):
    print_, flags, paths = batch
    return print_, *tidy(WORK / f"{print_}.cpp", flags, paths)


def main():
    WORK.mkdir(exist_ok=True)
    clean = set(json.loads(MEMORY.read_text())) if MEMORY.exists() else set()
    everything = [(fingerprint(flags, paths), flags, paths) for flags, paths in batches(None if "--all" in sys.argv[2:] else touched())]
    todo = [batch for batch in everything if batch[0] not in clean]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for print_, status, words in pool.map(check, sorted(todo, key=lambda batch: -len(batch[2]))):
            if status == 0:
                clean.add(print_)
            else:
                failed += 1
                print(words)
    MEMORY.write_text(json.dumps(sorted(clean)))
    number = sum(len(batch[2]) for batch in everything)
    print(f"{number} sources in {len(everything)} batches, {len(todo)} checked, {failed} with findings")
    return 1 if failed or not sources() else 0


if __name__ == "__main__":
    sys.exit(main())
