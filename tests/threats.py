#!/usr/bin/env python3
"""Whether the threat model keeps its word: each row has a defence, and names a test that exists or says that it is open.

usage: tests/threats.py [FILE]
FILE: app/docs/threat-model.md. Its tables have three columns; the last one names tests as `tst_unit::function`, `tst_unit`,
`fuzz_target`, or a file or folder with the functions of it that are meant behind it. Prints each break as LINE: words.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"`([^`]+)`")
TEST = re.compile(r"((?:tst|fuzz)_\w+)(?:::(\w+))?$")


def sources(name):
    """The files of a test by its name."""
    return [path for path in (ROOT / "tests").rglob(f"{name}.cpp") if "build" not in path.parts]


def texts_below(path):
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.suffix in ("", ".py", ".cpp", ".h") and file.is_file()]
    return "\n".join(file.read_text(errors="replace") for file in files)


def wrong_with(names):
    """What is wrong with the tests that a row names, in words."""
    place = None  # the file or folder that bare functions are of
    for name in names:
        test = TEST.match(name)
        if test:
            files = sources(test[1])
            if not files:
                yield f"there is no {test[1]}"
            elif test[2] and not any(f"void {test[2]}(" in file.read_text() for file in files):
                yield f"{test[1]} has no {test[2]}"
            place = None
        elif "/" in name:
            place = ROOT / name
            if not place.exists():
                yield f"there is no {name}"
                place = None
        elif place is not None and not re.search(rf"\b(?:def|void) {re.escape(name)}\(", texts_below(place)):
            yield f"{place.relative_to(ROOT)} has no {name}"
        elif place is None:
            yield f"{name} is no test"


def breaks_of(text):
    rows = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("|"):
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if set(line) <= set("|- ") or cells[-1] == "Shown by":
            continue
        rows += 1
        if len(cells) != 3 or not cells[0] or not cells[1]:
            yield f"{number}: expected who, what stands in the way, and what shows it"
            continue
        names = NAME.findall(cells[2])
        if not names and "**Open**" not in cells[1]:
            yield f"{number}: no test is named, and it is not said to be open"
        for words in wrong_with(names):
            yield f"{number}: {words}"
    if rows == 0:
        yield "0: no row was found"


def tells_what_is_wrong():
    """The check itself, on rows that are wrong in one way each."""
    head = "| They try | Way | Shown by |\n| --- | --- | --- |\n"
    right = "| a | b | `tst_fleet::obeysNoHubByItself`, `tst_fleet`, `tests/e2e/image` `is_closed`, `fuzz_explain` |\n"
    assert not list(breaks_of(head + right)), list(breaks_of(head + right))
    assert not list(breaks_of(head + "| a | **Open**: nothing | – |\n"))
    wrong = ("| a | b | – |", "| a |  | `tst_fleet` |", "| a | b | `tst_fleet::doesWhatNobodyWrote` |", "| a | b | `tst_nothing` |",
             "| a | b | `tests/nowhere` `is_closed` |", "| a | b | `tests/e2e/image` `is_nowhere` |", "| a | b | `is_closed` |", "")
    for row in wrong:
        assert list(breaks_of(head + row)), row


def main():
    tells_what_is_wrong()
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "app/docs/threat-model.md"
    found = list(breaks_of(path.read_text()))
    for words in found:
        print(f"{path}:{words}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
