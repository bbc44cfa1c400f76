#!/usr/bin/env python3
"""Runs clang-tidy on every source of the project, two at a time; remembers what was clean.

usage: tests/clang_tidy.py BUILD_FOLDER
A file is checked again when it, a header of the project that it includes, or .clang-tidy changed.
"""
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = Path(sys.argv[1]).resolve()
MEMORY = BUILD / "clang_tidy.json"
CHECKED = ("app", "drivers", "kiosk-ui")


def sources():
    for entry in json.loads((BUILD / "compile_commands.json").read_text()):
        path = Path(entry["directory"], entry["file"]).resolve()
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in CHECKED:
            yield path


def headers_of(path, seen):
    """Headers of the project that a file includes, directly or not."""
    for name in re.findall(r'#include\s+[<"]([^>"]+)[>"]', path.read_text(errors="replace")):
        for folder in (ROOT, ROOT / "app", ROOT / "include", ROOT / "kiosk-ui", path.parent):
            header = folder / name
            if header.is_file() and header not in seen:
                seen.add(header)
                headers_of(header, seen)
    return seen


def fingerprint(path):
    digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    for part in sorted({path, *headers_of(path, set())}):
        digest.update(part.read_bytes())
    return digest.hexdigest()


def check(path):
    result = subprocess.run(
        ["clang-tidy-14", "-p", str(BUILD), "--quiet", "--extra-arg=-Wno-unknown-warning-option", str(path)], capture_output=True, text=True, check=False
    )
    return path, result.returncode, result.stdout


def main():
    clean = json.loads(MEMORY.read_text()) if MEMORY.exists() else {}
    prints = {path: fingerprint(path) for path in set(sources())}
    todo = sorted(path for path, print_ in prints.items() if clean.get(str(path)) != print_)
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, status, words in pool.map(check, todo):
            if status == 0:
                clean[str(path)] = prints[path]
            else:
                failed += 1
                print(words)
    MEMORY.write_text(json.dumps(clean))
    print(f"{len(prints)} sources, {len(todo)} checked, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
