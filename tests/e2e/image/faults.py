"""What goes wrong more seldom: a device without its data partition, a clock of 1970, a screen that hangs, updates that are
interrupted. Follows boot.py's own steps, on devices of its own."""
import json
import time

from bench import IMAGE, V1, V2, run
from vm import Failed

SECTOR = 512


def partition(disk, name):
    """Where a partition begins and ends, in bytes."""
    table = json.loads(run("sfdisk", "--json", disk).stdout)["partitiontable"]
    found = next(part for part in table["partitions"] if part.get("name") == name)
    return found["start"] * SECTOR, found["size"] * SECTOR


def takes_no_keys(bench):
    machine = bench.machine
    began = machine.run("cat /proc/sys/kernel/random/boot_id")
    terminal = machine.run("cat /sys/class/tty/tty0/active")
    for keys in (("ctrl", "alt", "f2"), ("ctrl", "alt", "f7"), ("ctrl", "alt", "delete"), ("alt", "sysrq", "b"), ("ctrl", "alt", "backspace")):
        machine.press(*keys)
        time.sleep(2)
    if machine.run("cat /proc/sys/kernel/random/boot_id") != began or machine.run("cat /sys/class/tty/tty0/active") != terminal:
        raise Failed("the keyboard does more than a shopper may")
    machine.run("systemctl is-active silta-kiosk")


def brings_a_hung_screen_back(bench):
    machine = bench.machine
    before = machine.run("pgrep -x silta-kiosk")
    machine.run(f"kill -STOP {before}")
    machine.wait("another kiosk has drawn its first frame", f"test \"$(pgrep -x silta-kiosk)\" != {before} && systemctl -q is-active silta-kiosk", 180)
    if "atchdog" not in machine.run("journalctl -b -u silta-kiosk -u init.scope --no-pager -o cat"):
        raise Failed("not the watchdog brought it back")


NO_CLOCK = ("-rtc", "base=1970-01-02T00:00:00,clock=vm")


def enrols_in_1970(bench):
    """By a code that somebody typed, on a device without a battery: the hub's certificate seems to be of the future."""
    device = bench.new_device("typed")
    bench.take(device)
    device.start(*NO_CLOCK)
    device.booted()
    device.is_good()
    device.ready()
    if int(device.run("date +%s")) > time.time() - 86400:
        raise Failed("its clock is not lost")
    device.run(f"echo {bench.chain.code()} | siltactl enrol --hub {bench.chain.url} -", 180)
    device.wait("it talks to the hub", "siltactl sync", 180)


def enrols_by_file_in_1970(bench):
    device = bench.new_device("preseeded")
    run(IMAGE, "preseed", device.disk, given=bench.chain.code_with_key() + "\n")
    bench.take(device)
    device.start(*NO_CLOCK)
    device.booted()
    device.is_good()
    device.ready()
    device.wait("the file has enrolled it", "siltactl --json status | grep -q '\"enrolled\": *true'", 120)
    device.wait("the file is gone", "test ! -e /efi/silta-enrolment", 30)
    device.wait("the catalogue is here", "siltactl search mug | grep -q MUG-W", 180)


def talks_to_the_hub_in_1970(bench):
    """A device without a battery for its clock: the hub's certificate seems to be of the future."""
    device = bench.machine
    device.pull_plug()
    device.start(*NO_CLOCK)
    device.booted()
    device.is_good()
    device.ready()
    device.wait("it talks to the hub", "siltactl sync", 180)


def starts_after_torn_installs(bench):
    """An installation that is killed, and a power cut in another, leave what runs as it was."""
    device = bench.machine
    bench.mount_updates()
    device.run("(rauc install /run/updates/new.raucb >/dev/null 2>&1 &) ; sleep 8; pkill -9 -x rauc; true")
    bootable = device.run("grub-editenv /efi/grub/grubenv list")
    if "B_OK=0" not in bootable:
        raise Failed(f"half an update can be started: {bootable}")
    device.run("(rauc install /run/updates/new.raucb >/dev/null 2>&1 &) ; sleep 8; sync")
    device.pull_plug()
    if bench.start() != ("A", False) or device.is_good() != ("A", V1):
        raise Failed("what ran before the power cut does not run after it")
    device.ready()


def gives_an_update_three_tries(bench):
    device = bench.machine
    bench.mount_updates()
    device.run("rauc install /run/updates/new.raucb", 600)
    for attempt in range(3):
        device.pull_plug()
        if bench.start() != ("B", False):
            raise Failed(f"try {attempt + 1} of the update is not of slot B")
        time.sleep(5)  # into the kernel, far from good
    device.pull_plug()
    if bench.start() != ("A", False) or device.is_good() != ("A", V1):
        raise Failed("with all tries spent the slot before does not come back")
    device.ready()
    bench.mount_updates()
    device.run("rauc install /run/updates/new.raucb", 600)
    device.run("systemctl --no-block reboot")
    if device.booted() != ("B", False) or device.is_good() != ("B", V2):
        raise Failed("the update cannot be tried anew")
    device.ready()


def tells_of_lost_data(bench):
    device = bench.machine
    before = device.run("sed -n 's/.*rauc.slot=\\([AB]\\).*/\\1/p' /proc/cmdline"), device.run("cat /usr/lib/silta/os/version")
    device.pull_plug()
    start, size = partition(device.disk, "data")
    with open(device.disk, "r+b") as disk:
        disk.seek(start)
        for _ in range(size // 2**20):  # with less e2fsck finds another superblock and makes something of it
            disk.write(b"\xff" * 2**20)
    if bench.start() != (before[0], False) or device.is_good() != before:
        raise Failed("a slot is blamed for the data partition")
    device.ready()
    device.run("test -e /run/silta-data-lost")
    time.sleep(20)
    device.screenshot(bench.folder / "data-lost.ppm")


def is_made_the_same_again(bench):
    again = bench.folder / "again"
    run(IMAGE, "build", "--version", V1, "--out", again, "--authority", bench.folder / "keys/authority.pem", "--overlay", bench.folder / "overlay")
    for name in ("disk.img", "root.squashfs", "boot.vfat"):
        run("cmp", bench.slot(V1) / name, again / name)
    for name in ("disk.img", "root.squashfs", "boot.vfat"):
        (again / name).unlink()


STEPS = (
    takes_no_keys, brings_a_hung_screen_back, enrols_in_1970, enrols_by_file_in_1970, talks_to_the_hub_in_1970, starts_after_torn_installs,
    gives_an_update_three_tries, tells_of_lost_data, is_made_the_same_again,
)
