#!/usr/bin/env python3
"""House rules that no compiler checks. Prints each break as FILE:LINE: words, exits 1 when there is one.

usage: tests/tidy.py [ROOT]
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent).resolve()

LINES_MAX = 600
TOP_LEVEL = {
    "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md",
    "app", "deploy", "drivers", "include", "kiosk-ui", "tests",
}
# Modules of app/ in order: each may include those named, and itself.
MODULES = {
    "core": set(),
    "store": {"core"},
    "net": {"core"},
    "fleet": {"core", "net"},
    "scan": {"core"},
    "catalog": {"core", "store"},
    "shopper": {"core", "store"},
    "sync": {"core", "store", "net", "catalog", "shopper"},
    "edge": {"core", "store", "net", "fleet", "scan", "catalog", "shopper", "sync"},
    "gate": {"core"},
    "network": {"core", "gate"},
    "hub": {"core", "store", "net", "fleet", "scan", "catalog", "shopper", "sync", "web"},
    "web": {"core", "net", "catalog"},
    "portal": {"core", "store", "net", "scan", "catalog", "gate", "web"},
    "till": {"core", "net", "scan", "catalog", "shopper", "web"},
    "ctl": {"core", "net", "fleet", "scan", "catalog", "network"},
}
# What GCC 12 or clang 14 refuse or get wrong.
BANNED_CODE = {
    r"\bstd::format\b": "use fmt::format: GCC 12 has no std::format",
    r"\bstd::source_location\b": "clang 14 cannot parse std::source_location",
    r"\bstd::(?:ranges::)?views::": "clang 14 cannot parse view pipelines",
    r"\busing namespace std;": "name what is used",
    r"\b(?:system|popen)\s*\(": "no shell",
    r"\bsetContextProperty\b": "types reach QML by QML_ELEMENT",
}
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
breaks = []


def report(path, line, words):
    breaks.append(f"{path.relative_to(ROOT)}:{line}: {words}")


def tracked():
    """Files that are, or would be, committed."""
    names = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"], check=True, capture_output=True, text=True
    ).stdout.split("\n")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def ring_of(path):
    return path.relative_to(ROOT).parts[0]


def check_include(path, number, name):
    parts = path.relative_to(ROOT).parts
    ring = parts[0]
    if name.startswith("silta/"):
        return
    first = name.split("/")[0]
    if ring == "include":
        if "/" in name and not name.startswith("sys/") or name.startswith("Q"):
            report(path, number, f"contracts use the standard library only, not {name}")
    elif ring == "drivers" and (first in MODULES or first == "kiosk-ui"):
        report(path, number, f"drivers see include/ only, not {name}")
    elif ring == "app":
        module = parts[1]
        if first == "drivers" and path.name != "main.cpp" or first == "kiosk-ui":
            report(path, number, f"app/ sees neither drivers nor the screen: {name}")
        if first in MODULES and first != module and first not in MODULES.get(module, set()):
            report(path, number, f"module {module} may not include {name}")
        if re.match(r"Q[A-Z]", name):
            report(path, number, f"Qt stops at the shell, not {name}")
        wrapped = {"sqlite3.h": "store", "curl/": "net", "microhttpd.h": "net", "sodium.h": "net", "nlohmann/": "core"}
        for library, owner in wrapped.items():
            if name.startswith(library) and module != owner:
                report(path, number, f"only app/{owner} includes {library}")


def check_cpp(path, lines):
    if path.suffix == ".h" and not any(line.startswith("#pragma once") for line in lines[:40]):
        report(path, 1, "a header begins with #pragma once")
    for number, line in enumerate(lines, 1):
        include = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
        if include:
            check_include(path, number, include.group(1))
        code = line.split("//")[0]
        for pattern, words in BANNED_CODE.items():
            if re.search(pattern, code):
                report(path, number, words)


def check_qml(path, lines):
    if lines and lines[0].strip() != "pragma ComponentBehavior: Bound" and "pragma Singleton" not in lines[0]:
        report(path, 1, "a QML file begins with pragma ComponentBehavior: Bound")
    if path.name == "Theme.qml":
        return
    for number, line in enumerate(lines, 1):
        if re.search(r"\"#[0-9a-fA-F]{3,8}\"", line):
            report(path, number, "colours come from Theme.qml")
        if re.search(r"\b(?:width|height|spacing|radius|margins|pixelSize|padding)\s*:\s*[1-9]\d+\s*$", line):
            report(path, number, "sizes come from Theme.qml")


def check_includes_form_no_circle(files):
    headers = {str(p.relative_to(ROOT)): p for p in files if p.suffix == ".h"}
    edges = {}
    for name, path in headers.items():
        edges[name] = []
        for included in re.findall(r'#include\s+[<"]([^>"]+)[>"]', path.read_text(errors="replace")):
            for candidate in (included, f"app/{included}", f"include/{included}", f"kiosk-ui/{included}"):
                if candidate in headers:
                    edges[name].append(candidate)
    done, active = set(), []

    def visit(name):
        if name in active:
            report(headers[name], 1, "circular includes: " + " -> ".join(active[active.index(name):] + [name]))
            return
        if name in done:
            return
        active.append(name)
        for other in edges[name]:
            visit(other)
        active.pop()
        done.add(name)

    for name in sorted(headers):
        visit(name)


def check_format(files):
    sources = [str(p) for p in files if p.suffix in {".h", ".cpp"}]
    result = subprocess.run(
        ["clang-format-14", "--dry-run", "-Werror", *sources], capture_output=True, text=True, check=False
    )
    seen = set()
    for line in result.stderr.split("\n"):
        found = re.match(r"(.+?):(\d+):\d+: error", line)
        if found and found.group(1) not in seen:
            seen.add(found.group(1))
            report(Path(found.group(1)), int(found.group(2)), "not formatted; run clang-format-14 -i")


def main():
    files = tracked()
    for name in sorted({p.relative_to(ROOT).parts[0] for p in files}):
        if name not in TOP_LEVEL and not name.startswith("."):
            report(ROOT / name, 1, "no such folder or file belongs at the top level")
    for path in files:
        is_code = path.suffix in {".h", ".cpp", ".qml", ".py", ".cmake"} or path.name == "CMakeLists.txt"
        is_prose = path.suffix in {".md", ".yaml"}
        if not is_code and not is_prose:
            continue
        text = path.read_text(errors="replace")
        lines = text.split("\n")
        if is_code and len(lines) > LINES_MAX:
            report(path, len(lines), f"over {LINES_MAX} lines; take it apart")
        if text and not text.endswith("\n"):
            report(path, len(lines), "no newline at the end")
        for number, line in enumerate(lines, 1):
            if line.rstrip() != line and not is_prose:
                report(path, number, "blank at the end of the line")
            if UNFINISHED.search(line) and path.name != "tidy.py":
                report(path, number, "unfinished work is done or left out, not marked")
        if path.suffix in {".h", ".cpp"}:
            check_cpp(path, lines)
        if path.suffix in {".h", ".cpp"} and not re.fullmatch(r"[a-z0-9_]+", path.stem):
            report(path, 1, "file names are snake_case")
        if path.suffix == ".qml":
            check_qml(path, lines)
    check_includes_form_no_circle(files)
    check_format(files)
    for line in sorted(breaks):
        print(line)
    print(f"{len(files)} files, {len(breaks)} breaks of the house rules")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main())
