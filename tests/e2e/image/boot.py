#!/usr/bin/env python3
"""Makes the image of a store device and lives through its life in a virtual machine: first boot, enrolment, catalogue,
power cuts, updates good and bad.

usage: tests/e2e/image/boot.py FOLDER [PROGRAMS] [--long]
FOLDER: for images, pictures and logs. PROGRAMS: where silta-hub is; build/release/bin.
--long: also what goes wrong more seldom; see faults.py.
Needs root, and the packages of `deploy/setup image`; says `skipped: needs root` otherwise.
"""
import os
import re
import shutil
import sys
import time
import traceback
from pathlib import Path

import faults
from bench import HERE, IMAGE, ROOT, V1, V2, V3, Bench, run
from vm import Failed

# The only TCP ports that anything listens on; both of this machine alone.
RESOLVER = {("127.0.0.53", 53), ("127.0.0.54", 53)}
POWER_CUTS = 5
# What the kernel says of the machine that QEMU imitates, and of no device.
OF_THE_EMULATOR = "MP-BIOS bug: 8254 timer"


def makes_images(bench):
    overlay = bench.folder / "overlay"
    shutil.rmtree(overlay, ignore_errors=True)
    shutil.copytree(HERE / "overlay", overlay, symlinks=True)
    (overlay / "etc/silta").mkdir(exist_ok=True)
    shutil.copy(bench.chain.certificate, overlay / "etc/silta/hub-ca.pem")
    (overlay / "etc/silta/edge.toml").write_text(
        'hub_ca_file = "/etc/silta/hub-ca.pem"\nkiosk_users = ["silta-kiosk"]\nportal_users = ["silta-portal"]\ntill_users = ["silta-till"]\n'
    )
    os.environ["SILTA_SQUASHFS_LEVEL"] = "2"
    run(IMAGE, "keys", bench.folder / "keys")
    run(IMAGE, "keys", bench.folder / "foreign-keys")
    broken = bench.folder / "broken"
    unit = broken / "etc/systemd/system/silta-kiosk.service.d/broken.conf"
    unit.parent.mkdir(parents=True, exist_ok=True)
    unit.write_text("[Service]\nExecStart=\nExecStart=/bin/false\n")
    for version, overlays in ((V1, [overlay]), (V2, [overlay]), (V3, [overlay, broken])):
        if (bench.slot(version) / "version").exists():
            continue
        words = [word for folder in overlays for word in ("--overlay", folder)]
        run(IMAGE, "build", "--version", version, "--out", bench.slot(version), "--authority", bench.folder / "keys/authority.pem", *words)
        if version != V1:
            (bench.slot(version) / "disk.img").unlink()
    good, foreign = bench.folder / "keys", bench.folder / "foreign-keys"
    for name, version, keys in (("old", V1, good), ("new", V2, good), ("broken", V3, good), ("foreign", V2, foreign)):
        if not bench.bundle(name).exists():
            run(IMAGE, "bundle", "--slot", bench.slot(version), "--certificate", keys / "release.pem", "--key", keys / "release.key", "--to", bench.bundle(name))
    if not bench.bundle("other").exists():  # for devices of another kind
        run(ROOT / "deploy/os/make-bundle", "arm64", bench.slot(V2), good / "release.pem", good / "release.key", bench.bundle("other"))
    if not bench.bundle("tampered").exists():
        data = bytearray(bench.bundle("new").read_bytes())
        data[len(data) // 2] ^= 1
        bench.bundle("tampered").write_bytes(data)
    drive = bench.folder / "updates.img"
    if not drive.exists():
        names = ("old", "new", "broken", "foreign", "tampered", "other")
        run("truncate", "-s", f"{sum(bench.bundle(name).stat().st_size for name in names) // 2**20 + 128}M", drive)
        run("mkfs.vfat", "-F", "32", "-n", "UPDATES", drive)
        run("mcopy", "-i", drive, *[bench.bundle(name) for name in names], "::/")
    bench.take(bench.new_device("device"))


def starts_for_the_first_time(bench):
    began = time.monotonic()
    if bench.start() != ("A", False):
        raise Failed("the first boot is not of slot A")
    if bench.machine.is_good() != ("A", V1):
        raise Failed("slot A does not call itself good")
    print(f"    from switch to good: {time.monotonic() - began:.0f} s")
    bench.machine.ready()
    bench.machine.run("systemctl is-system-running --wait", check=False)
    bench.machine.screenshot(bench.folder / "first-boot.ppm")
    failed = bench.machine.run("systemctl --failed --plain --no-legend", check=False)[1]
    if failed:
        raise Failed(f"failed units: {failed}")
    lines = bench.machine.run("journalctl -b -p err --no-pager -q -o cat", check=False)[1].splitlines()
    errors = [line for line in lines if OF_THE_EMULATOR not in line]
    if errors:
        around = bench.machine.run("journalctl -b --no-pager -q -o short-monotonic -u 'silta-*' -u seatd", check=False)[1]
        raise Failed("\n".join(["errors in the journal of a good boot:", *errors, "around them:", around]))


def is_closed(bench):
    machine = bench.machine
    for line in machine.run("ss -Hltn").splitlines():
        address, port = line.split()[3].rsplit(":", 1)
        if (address.split("%")[0], int(port)) not in RESOLVER:
            raise Failed(f"a port that nobody promised: {line}")
    for path in ("/usr/x", "/etc/x", "/opt/x"):
        if machine.run(f"touch {path}", check=False)[0] == 0:
            raise Failed(f"{path} can be written")
    if machine.run("cat /proc/sys/kernel/sysrq") != "0":
        raise Failed("the keyboard's SysRq works")
    if machine.run("modprobe usb-storage", check=False)[0] == 0:
        raise Failed("there is a driver for sticks")
    shells = machine.run("systemctl list-units --plain --no-legend 'getty*' 'serial-getty*' 'emergency*' 'rescue*' 'debug-shell*'", check=False)[1]
    if re.search(r"\brunning\b", shells):
        raise Failed(f"a shell waits: {shells}")
    users = machine.run("awk -F: '$2 !~ /^[!*]/ {print $1}' /etc/shadow")
    if users:
        raise Failed(f"somebody can sign in: {users}")


def grows_to_the_disk(bench):
    bench.machine.wait("the data partition has grown", "test $(df --output=size -B1M /data | tail -n 1) -gt 600", 60)


def enrols(bench):
    machine = bench.machine
    code = bench.chain.code()
    machine.run(f"echo {code} | siltactl enrol --hub {bench.chain.url} -", 180)
    if machine.status().get("enrolled") is not True:
        raise Failed(f"not enrolled: {machine.status()}")
    machine.wait("the catalogue is here", "siltactl search mug | grep -q MUG-W", 180)
    time.sleep(5)
    machine.screenshot(bench.folder / "enrolled.ppm")


def survives_power_cuts(bench):
    """Adds to a wishlist and cuts the power meanwhile; what was answered with 200 is there."""
    machine = bench.machine
    shopper = "setpriv --reuid silta-kiosk --regid silta --clear-groups /usr/lib/silta-test/wishlist"
    saved = 0
    for cut in range(POWER_CUTS):
        machine.shell.socket.sendall(f"{shopper} {saved + 1}\n".encode())
        _, heard = machine.shell.until(rb"(?s)(saved \d+.*?){%d}" % (5 + 3 * cut), 120, "items are saved")
        machine.pull_plug()
        saved = max(int(number) for number in re.findall(rb"saved (\d+)\r?\n", heard))
        bench.start()
        machine.is_good()
        machine.ready()
        there = {int(number) for number in re.findall(r'"MUG-(\d+)"', machine.run(shopper))}
        missing = set(range(1, saved + 1)) - there
        if missing:
            raise Failed(f"cut {cut + 1}: saved and gone: {sorted(missing)}")
        saved = max(there)
    print(f"    {saved} saved around {POWER_CUTS} cuts, all there")


def refuses_what_is_not_ours(bench):
    machine = bench.machine
    bench.mount_updates()
    for name, words in (("foreign", "signature"), ("other", "ompatible"), ("tampered", "")):
        status, text = machine.run(f"rauc install /run/updates/{name}.raucb", 300, check=False)
        if status == 0 or words not in text:
            raise Failed(f"the {name} bundle: exit {status}\n{text}")
    if "B_OK=0" not in machine.run("grub-editenv /efi/grub/grubenv list"):
        raise Failed("a refused bundle made a slot bootable")


def reboots(bench):
    bench.machine.shell.socket.sendall(b"systemctl --no-block reboot\n")


def updates(bench):
    machine = bench.machine
    identity = machine.run("cat /etc/machine-id")
    began = time.monotonic()
    machine.run("rauc install /run/updates/new.raucb", 600)
    print(f"    installed in {time.monotonic() - began:.0f} s")
    reboots(bench)
    if machine.booted() != ("B", False) or machine.is_good() != ("B", V2):
        raise Failed("the new version does not run from slot B")
    machine.ready()
    if machine.run("cat /etc/machine-id") != identity or machine.status().get("enrolled") is not True:
        raise Failed("the device is not itself after the update")


def refuses_what_is_older(bench):
    bench.mount_updates()
    status, text = bench.machine.run("rauc install /run/updates/old.raucb", 300, check=False)
    if status == 0 or "older" not in text + bench.machine.run("journalctl -u rauc -n 20 --no-pager -o cat"):
        raise Failed(f"the older bundle: exit {status}\n{text}")


def comes_back_from_a_broken_one(bench):
    machine = bench.machine
    machine.run("rauc install /run/updates/broken.raucb", 600)
    reboots(bench)
    if machine.booted() != ("A", False):
        raise Failed("the broken version was not tried")
    machine.console.until(rb"silta: slot A is bad", 600, "the broken version calls itself bad")
    if machine.booted() != ("B", False) or machine.is_good() != ("B", V2):
        raise Failed("the version before did not come back")
    machine.ready()
    order = machine.run("grub-editenv /efi/grub/grubenv list")
    if "ORDER=B" not in order or "A_OK=0" not in order:
        raise Failed(f"the broken one would be tried again: {order}")


STEPS = (
    makes_images, starts_for_the_first_time, is_closed, grows_to_the_disk, enrols, survives_power_cuts, refuses_what_is_not_ours,
    updates, refuses_what_is_older, comes_back_from_a_broken_one,
)


def main():
    if os.geteuid() != 0:
        print("skipped: needs root")
        return 0
    words = [word for word in sys.argv[1:] if word != "--long"]
    folder = Path(words[0]).resolve()
    programs = Path(words[1] if len(words) > 1 else ROOT / "build/release/bin").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(folder, programs)
    passed = failed = 0
    try:
        bench.chain.start()
        for step in (*STEPS, *(faults.STEPS if "--long" in sys.argv else ())):
            began = time.monotonic()
            step(bench)
            passed += 1
            print(f"ok   {step.__name__} ({time.monotonic() - began:.0f} s)", flush=True)
    except Exception:  # whatever it was, the words and the logs are what is wanted
        failed = 1
        traceback.print_exc()
        if bench.machine is not None and bench.machine.console is not None:
            print(bench.machine.console.heard[-2000:].decode(errors="replace"), file=sys.stderr)
    finally:
        if bench.machine is not None:
            bench.machine.pull_plug()
        bench.chain.stop()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
