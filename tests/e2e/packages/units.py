#!/usr/bin/env python3
"""The systemd units are sound, and what each program may do is as little as promised.

usage: tests/e2e/packages/units.py
Reads deploy/packages/debian/*.service. `systemd-analyze security` gives each unit a number from 0 to 10, the
less exposed the smaller; here is the most that each may have.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

UNITS = Path(__file__).resolve().parents[3] / "deploy" / "packages" / "debian"
EXPOSURE_MAX = {
    "silta-edge.service": 1.5,
    "silta-portal.service": 1.5,
    "silta-till.service": 1.5,
    "silta-hub.service": 1.5,
    "silta-gate.service": 2.0,
    "silta-kiosk.service": 2.0,
}
# What no score tells: each is there, or a fault has no end.
EXPECTED = ("Type=notify", "WatchdogSec=", "Restart=always", "MemoryMax=", "TasksMax=", "LimitCORE=0", "User=silta-")


def main():
    if shutil.which("systemd-analyze") is None:
        print("skipped: no systemd-analyze")
        return 0
    breaks = []
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for source in sorted([*UNITS.glob("*.service"), *UNITS.glob("*.socket")]):
            name = re.sub(r"^silta-portal\.(?=silta-)", "", source.name)  # debhelper's PACKAGE.UNIT.service
            # The programs need not be installed here; that they start is the boot's to show.
            text = re.sub(r"(?m)^ExecStart=\S+", "ExecStart=/bin/true", source.read_text())
            text = re.sub(r"(?m)^Documentation=.*\n", "", text)
            file = Path(folder, name)
            file.write_text(text)
            files.append(file)
        verified = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", *map(str, files)], capture_output=True, text=True, check=False
        )
        breaks += [line for line in verified.stderr.splitlines() if "silta" in line]
        seen = {}
        for file in files:
            if file.suffix != ".service":
                continue
            text = file.read_text()
            breaks += [f"{file.name}: lacks {line}" for line in EXPECTED if f"\n{line}" not in text]
            words = subprocess.run(
                ["systemd-analyze", "security", "--offline=true", "--no-pager", str(file)],
                capture_output=True, text=True, check=False,
            ).stdout
            found = re.search(r"Overall exposure level for \S+: ([0-9.]+)", words)
            seen[file.name] = float(found[1]) if found else None
    for name, most in EXPOSURE_MAX.items():
        exposure = seen.pop(name, None)
        print(f"{name:24} exposure {exposure} of {most} at most")
        if exposure is None or exposure > most:
            breaks.append(f"{name}: exposure {exposure}, at most {most} is promised")
    breaks += [f"{name}: nothing is promised of it" for name in seen]
    print(*breaks, sep="\n")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main())
