#!/usr/bin/env python3
"""Installs the Debian packages in a clean Debian, boots it, and looks at what a technician would.

usage: tests/e2e/packages/boot.py PACKAGES FOLDER [RELEASE]
PACKAGES: where the .deb files are. FOLDER: for the Debian that lies under each run; it is made once. RELEASE: of Debian,
that the packages were made for; bookworm.
Needs root, debootstrap and systemd-nspawn; says `skipped: needs root` otherwise.
"""
import json
import os
import re
import sys
import time
import traceback
from pathlib import Path

from container import Container, Failed, base_root, run

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "support"))
from one_store import INVENTORY, PRODUCTS, stores

NAMES = ("silta-edge", "silta-kiosk", "silta-portal", "silta-till", "silta-hub", "silta-tools")
SERVICES = ("silta-edge", "silta-hub", "silta-kiosk", "silta-gate", "silta-portal", "silta-till")
# program: the only TCP ports it may listen on
LISTENS = {
    "silta-hub": {8480}, "silta-portal": {8080}, "silta-till": {8443}, "dnsmasq": {53}, "silta-edge": set(), "silta-kiosk": set(),
}
NETWORK = """
[guest]
interface = "guests0"
bridge = true
ports = ["ap0", "ap1"]
guests_max = 500
gateway4 = "10.78.0.1/22"
[uplink]
interface = "up0"
[dns]
servers = ["192.0.2.53"]
"""
PORTAL = "ways = { email = 240, terms = 30 }\n"
STORES = stores("Mo-Su 09:00-21:00")
# What a container lacks: a screen. The compositor draws into memory.
KIOSK_HEADLESS = """
[Service]
Environment=WLR_BACKENDS=headless WLR_RENDERER=pixman WLR_LIBINPUT_NO_DEVICES=1 QT_QUICK_BACKEND=software
"""


class Device:
    def __init__(self, container):
        self.box = container

    def write(self, path, text):
        file = self.box.root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def show(self, unit, what):
        return self.box.inside("systemctl", "show", "--value", f"--property={what}", unit).stdout.strip()

    def is_active(self, unit):
        return self.show(unit, "ActiveState") == "active"

    def status(self):
        done = self.box.inside("siltactl", "--json", "status", check=False)
        return json.loads(done.stdout) if done.returncode == 0 and done.stdout.strip() else {}


def install(device):
    device.box.outside("apt-get", "update")
    debs = [f"/packages/{file.name}" for file in sorted(device.box.packages.glob("*.deb")) if "dbgsym" not in file.name]
    device.box.outside("apt-get", "install", "-y", "--no-install-recommends", *debs)
    listed = device.box.outside("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n").stdout
    for name in NAMES:
        if f"{name} installed\n" not in listed:
            raise Failed(f"{name} is not installed")
    device.write("/etc/systemd/system/silta-kiosk.service.d/headless.conf", KIOSK_HEADLESS)
    device.write("/etc/systemd/system/silta-edge.service.d/soon.conf", "[Service]\nWatchdogSec=4\n")
    device.write("/etc/silta/portal.toml", PORTAL)
    device.write("/etc/silta/network.toml", NETWORK)
    device.write("/etc/silta/till.toml", 'listen = ["127.0.0.1:8443"]\n')


def makes_guest_network(device):
    for pair in (("up0", "up1"), ("ap0", "phone0"), ("ap1", "phone1")):
        device.box.inside("ip", "link", "add", pair[0], "type", "veth", "peer", "name", pair[1])
        device.box.inside("ip", "link", "set", pair[0], "up")
    device.box.inside("siltactl", "network", "render", "/etc/silta/network.toml", "--to", "/etc/silta/network")
    units = [f"/etc/silta/network/{name}.service" for name in ("silta-guest-net", "silta-guest-link", "silta-guest-dns")]
    device.box.inside("systemctl", "link", *units)
    device.box.inside("systemctl", "enable", "--now", *[Path(unit).name for unit in units])
    device.box.inside("systemctl", "restart", "silta-gate", "silta-portal", "silta-till")


def everything_is_up(device):
    for name in SERVICES:
        device.box.wait(f"{name} is active", lambda name=name: device.is_active(name), 60)
    failed = device.box.inside("systemctl", "--failed", "--plain", "--no-legend", check=False).stdout.strip()
    if failed:
        raise Failed(f"failed units: {failed}")


def rights_are_small(device):
    wanted = {
        "/var/lib/silta/edge": "700 silta-edge",
        "/var/lib/silta/edge/device.key": "600 silta-edge",
        "/var/lib/silta/catalog": "755 silta-edge",
        "/var/lib/silta/portal": "700 silta-portal",
        "/var/lib/silta/till": "700 silta-till",
        "/var/lib/silta/till/key.pem": "600 silta-till",
        "/var/lib/silta-hub": "750 silta-hub",
        "/run/silta": "750 silta-edge",
        "/run/silta/gate.sock": "660 silta-gate",
        "/run/silta/kiosk.sock": "660 silta-edge",
        "/run/silta/till.sock": "660 silta-edge",
    }
    for path, expected in wanted.items():
        seen = device.box.inside("stat", "-c", "%a %U", path).stdout.strip()
        if seen != expected:
            raise Failed(f"{path}: {seen}, expected {expected}")
    capabilities = {}
    for name in SERVICES:
        status = device.box.inside("cat", f"/proc/{device.show(name, 'MainPID')}/status").stdout
        capabilities[name] = int(re.search(r"CapEff:\s*(\w+)", status)[1], 16)
        if "NoNewPrivs:\t1" not in status or "Seccomp:\t2" not in status:
            raise Failed(f"{name}: not confined")
    net_admin = 1 << 12
    for name, held in capabilities.items():
        if held != (net_admin if name == "silta-gate" else 0):
            raise Failed(f"{name}: capabilities {held:x}")


def listens_where_it_says(device):
    lines = device.box.inside("ss", "-Hltnp").stdout.splitlines()
    for line in lines:
        program = re.search(r'users:\(\("([^"]+)"', line)
        port = int(line.split()[3].rsplit(":", 1)[1])
        if program is None or port not in LISTENS.get(program[1], set()):
            raise Failed(f"a port that nobody promised: {line}")


def enrols_and_works(device):
    device.write("/etc/demo/products.tsv", PRODUCTS)
    device.write("/etc/demo/inventory.tsv", INVENTORY)
    device.write("/etc/demo/stores.json", json.dumps(STORES))
    imported = device.box.inside(
        "silta-hub", "import", "--db", "/var/lib/silta-hub/hub.db", "--products", "/etc/demo/products.tsv",
        "--inventory", "/etc/demo/inventory.tsv", "--stores", "/etc/demo/stores.json", user="silta-hub", check=False,
    )
    if imported.returncode != 0:
        raise Failed(imported.stdout + imported.stderr)
    code = device.box.inside(
        "silta-hub", "enrol-code", "--db", "/var/lib/silta-hub/hub.db", "--store", "FI-HEL-01", user="silta-hub"
    ).stdout.split()[0]
    device.box.inside("siltactl", "enrol", "--hub", "http://127.0.0.1:8480", code)
    device.box.wait("the device is enrolled", lambda: device.status().get("enrolled") is True)
    device.box.wait("the catalogue is here", lambda: "MUG-W" in device.box.inside("siltactl", "search", "mug", check=False).stdout)


def restarts_what_hangs(device):
    for name in ("silta-edge", "silta-kiosk"):
        before = device.show(name, "NRestarts")
        group = device.show(name, "ControlGroup")
        # The whole unit stands still, as after a driver's fault.
        pids = [pid for pid in device.box.inside("cat", f"/sys/fs/cgroup/systemd{group}/cgroup.procs", check=False).stdout.split()]
        if not pids:
            pids = [device.show(name, "MainPID")]
        for pid in pids:
            device.box.inside("kill", "-STOP", pid)
        began = time.monotonic()
        device.box.wait(
            f"{name} is back", lambda: device.show(name, "NRestarts") != before and device.is_active(name), 60
        )
        print(f"    {name}: stood still, back after {time.monotonic() - began:.1f} s")
        if not device.status().get("enrolled"):
            device.box.wait("enrolled as before", lambda: device.status().get("enrolled") is True)


def portal_answers(device):
    page = device.box.inside(
        "bash", "-c", "exec 3<>/dev/tcp/10.78.0.1/8080; printf 'GET / HTTP/1.0\\r\\nHost: 10.78.0.1\\r\\n\\r\\n' >&3; head -c 12 <&3"
    ).stdout
    if not page.startswith("HTTP/1."):
        raise Failed(f"the portal said {page!r}")


def doctor_finds_it_well(device):
    lines = device.box.inside("siltactl", "--json", "doctor", check=False).stdout.splitlines()
    findings = {finding["code"]: finding for finding in map(json.loads, lines)}
    for code in ("EDGE", "JOURNAL", "ENROLMENT", "CATALOGUE", "OUTBOX", "KIOSK", "GATE", "PAGES", "GUESTS", "PORTAL", "HUB"):
        if findings.get(code, {}).get("severity") != "well":
            raise Failed(f"the doctor says of {code}: {findings.get(code)}")


def survives_the_plug(device):
    device.box.stop()
    device.box.boot()
    everything_up = [name for name in SERVICES if name not in ("silta-gate", "silta-portal")]
    for name in everything_up:
        device.box.wait(f"{name} is active", lambda name=name: device.is_active(name), 60)
    device.box.wait("it is enrolled as before", lambda: device.status().get("enrolled") is True)


def journal_is_quiet(device):
    lines = device.box.inside("journalctl", "-b", "-p", "err", "-t", *[arg for name in SERVICES for arg in (name, "-t")][:-1], "--no-pager", "-q").stdout
    if lines.strip():
        raise Failed(f"errors in the journal:\n{lines}")


def upgrades_and_goes(device):
    newer = device.box.work / "newer"
    newer.mkdir()
    for deb in device.box.packages.glob("silta-*.deb"):
        if "dbgsym" in deb.name:
            continue
        tree = newer / deb.stem
        run(["dpkg-deb", "-R", deb, tree])
        control = tree / "DEBIAN" / "control"
        text = control.read_text()
        version = re.search(r"^Version: (.*)$", text, re.MULTILINE)[1]
        control.write_text(text.replace(version, version + "+1"))
        run(["dpkg-deb", "--root-owner-group", "-b", tree, device.box.root / "root" / f"{deb.stem}.deb"])
    debs = [f"/root/{file.name}" for file in (device.box.root / "root").glob("silta-*.deb")]
    device.box.inside("dpkg", "-i", *debs)
    device.box.wait("edge runs again", lambda: device.is_active("silta-edge"))
    if device.status().get("enrolled") is not True:
        raise Failed("the upgrade forgot the enrolment")
    device.box.inside("dpkg", "--remove", *NAMES)
    if not (device.box.root / "var/lib/silta/edge/device.key").exists():
        raise Failed("removal took the key: that is for purge")
    device.box.inside("dpkg", "--purge", *NAMES)
    left = [path for path in ("/var/lib/silta", "/var/lib/silta-hub", "/usr/bin/silta-edge", "/etc/silta/edge.toml")
            if (device.box.root / path.lstrip("/")).exists()]
    if left:
        raise Failed(f"purge left {left}")


STEPS = (
    install, lambda device: device.box.boot(), makes_guest_network, everything_is_up, rights_are_small,
    listens_where_it_says, enrols_and_works, portal_answers, doctor_finds_it_well, restarts_what_hangs, survives_the_plug,
    journal_is_quiet, upgrades_and_goes,
)


def main():
    if os.geteuid() != 0:
        print("skipped: needs root")
        return 0
    packages, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    release = sys.argv[3] if len(sys.argv) > 3 else "bookworm"
    device = Device(Container(base_root(folder, release), folder / "run", packages))
    try:
        for step in STEPS:
            name = getattr(step, "__name__", "").replace("_", " ").replace("<lambda>", "boots")
            began = time.monotonic()
            step(device)
            print(f"{time.monotonic() - began:6.1f} s  {name}", flush=True)
    except (Failed, OSError, KeyError, ValueError) as problem:
        print(f"FAILED: {problem}" if isinstance(problem, Failed) else traceback.format_exc())
        print(device.box.journal())
        return 1
    finally:
        device.box.close()
    print("all steps passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
