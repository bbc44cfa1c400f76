#!/usr/bin/env python3
"""deploy/flash on disks that exist only here: what it lists, what it refuses, what it writes.

usage: tests/e2e/image/flash.py
"""
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import SimpleNamespace

FLASH = Path(__file__).resolve().parents[3] / "deploy" / "flash"
MIB = 1 << 20


class Bench:
    def __init__(self, folder):
        self.root = Path(folder)
        for name in ("dev", "proc", "sys/block"):
            (self.root / name).mkdir(parents=True)
        (self.root / "proc/mounts").write_text("")
        (self.root / "proc/swaps").write_text("Filename Type Size Used Priority\n")
        self.image = self.root / "disk.img"
        self.image.write_bytes(os.urandom(5 * MIB + 512))

    def disk(self, name, mebibytes=8, removable=True, model="Ultra", parts=()):
        folder = self.root / "sys/block" / name
        (folder / "device").mkdir(parents=True)
        (folder / "size").write_text(f"{mebibytes * MIB // 512}\n")
        (folder / "removable").write_text("1\n" if removable else "0\n")
        (folder / "device/model").write_text(f"{model}\n")
        for part in parts:
            (folder / part).mkdir()
            (folder / part / "partition").write_text("1\n")
        node = self.root / "dev" / name
        node.write_bytes(b"\xff" * (mebibytes * MIB))
        return node

    def run(self, *words, answer=""):
        return subprocess.run(
            [FLASH, *words], input=answer, capture_output=True, text=True, check=False, env={**os.environ, "SILTA_FLASH_ROOT": str(self.root)}
        )


def lists_only_what_can_be_taken_out(bench):
    bench.disk("sda", removable=False, model="Inside")
    bench.disk("sdb", model="Card")
    done = bench.run()
    assert done.returncode == 0 and "sdb" in done.stdout and "Card" in done.stdout and "sda" not in done.stdout, done.stdout


def says_that_there_is_none(bench):
    bench.disk("sda", removable=False)
    done = bench.run()
    assert done.returncode == 1 and "No disk" in done.stderr, done


def refuses(bench, words, *command, answer=""):
    before = {node: node.read_bytes() for node in (bench.root / "dev").iterdir()}
    done = bench.run(*command, answer=answer)
    assert done.returncode == 1 and words in done.stderr, done
    assert before == {node: node.read_bytes() for node in (bench.root / "dev").iterdir()}, "something was written"


def refuses_the_disk_of_this_machine(bench):
    bench.disk("sda", removable=False)
    refuses(bench, "built into this machine", bench.image, "/dev/sda", "--yes")


def refuses_what_is_in_use(bench):
    bench.disk("sdb", parts=("sdb1",))
    (bench.root / "proc/mounts").write_text("/dev/sdb1 /media/card vfat rw 0 0\n")
    refuses(bench, "/media/card", bench.image, "/dev/sdb", "--yes")
    (bench.root / "proc/mounts").write_text("")
    (bench.root / "proc/swaps").write_text("Filename Type\n/dev/sdb1 partition 1 0 -2\n")
    refuses(bench, "in use", bench.image, "/dev/sdb", "--yes")
    (bench.root / "proc/swaps").write_text("Filename Type\n")
    (bench.root / "sys/block/sdb/sdb1/holders/dm-0").mkdir(parents=True)
    refuses(bench, "dm-0", bench.image, "/dev/sdb", "--yes")


def refuses_a_part_and_what_is_not_there(bench):
    bench.disk("sdb", parts=("sdb1",))
    refuses(bench, "no whole disk", bench.image, "/dev/sdb1", "--yes")
    refuses(bench, "no whole disk", bench.image, "/dev/sdx", "--yes")


def refuses_what_is_too_small(bench):
    bench.disk("sdb", mebibytes=4)
    refuses(bench, "the image needs", bench.image, "/dev/sdb", "--yes")


def refuses_without_the_right_answer(bench):
    bench.disk("sdb")
    refuses(bench, "nothing was written", bench.image, "/dev/sdb", answer="yes\n")


def writes_every_byte(bench):
    node = bench.disk("sdb")
    done = bench.run(bench.image, "/dev/sdb", answer="sdb\n")
    assert done.returncode == 0, done
    image, disk = bench.image.read_bytes(), node.read_bytes()
    assert disk[: len(image)] == image, "the disk has other bytes"
    assert disk[len(image) :] == b"\xff" * (len(disk) - len(image)), "more than the image was written"


def notices_a_card_that_lies(bench):
    node = bench.disk("sdb")
    os.environ["SILTA_FLASH_ROOT"] = str(bench.root)
    flash = SourceFileLoader("flash", str(FLASH)).load_module()
    honest = flash.write

    def write(image, where):
        digest = honest(image, where)
        with open(where, "r+b") as card:
            card.seek(3 * MIB)
            card.write(b"gone")
        return digest

    flash.write = write
    try:
        flash.flash(SimpleNamespace(image=bench.image, disk="/dev/sdb", yes=True, hub=None, code=None))
    except flash.Refused as refusal:
        assert "throw it away" in str(refusal), refusal
        assert node.read_bytes()[3 * MIB :][:4] == b"gone"
        return
    raise AssertionError("nothing was noticed")


def says_when_a_card_takes_no_more(bench):
    bench.disk("sdb").unlink()
    (bench.root / "dev/sdb").symlink_to("/dev/full")
    done = bench.run(bench.image, "/dev/sdb", "--yes")
    assert done.returncode == 1 and "not to be trusted" in done.stderr and "Traceback" not in done.stderr, done


def presets_the_enrolment(bench):
    if any(shutil.which(tool) is None for tool in ("mcopy", "sfdisk", "mkfs.vfat")):
        print("    skipped: no mtools, fdisk, dosfstools")
        return
    image = bench.root / "device.img"
    with open(image, "wb") as file:
        file.truncate(40 * MIB)
    table = "label: gpt\nfirst-lba: 2048\nsize=34MiB, name=esp\n"
    subprocess.run(["sfdisk", "-q", image], input=table, text=True, check=True)
    subprocess.run(["mkfs.vfat", "-F", "32", "--offset", "2048", image, str(34 * 1024)], check=True, capture_output=True)
    node = bench.disk("sdb", mebibytes=48)
    done = bench.run(image, "/dev/sdb", "--yes", "--hub", "https://hub.example", "--code", "ABCD-EFGH-JKLM")
    assert done.returncode == 0, done
    read = subprocess.run(["mtype", "-i", f"{node}@@{MIB}", "::/silta-enrolment"], capture_output=True, text=True, check=True).stdout
    assert read == "hub=https://hub.example\ncode=ABCD-EFGH-JKLM\n", read
    done = bench.run(image, "/dev/sdb", "--yes", "--hub", "https://hub.example/$(reboot)", "--code", "ABCD-EFGH-JKLM")
    assert done.returncode == 1 and "https:// and a host" in done.stderr, done


TESTS = (
    lists_only_what_can_be_taken_out, says_that_there_is_none, refuses_the_disk_of_this_machine, refuses_what_is_in_use,
    refuses_a_part_and_what_is_not_there, refuses_what_is_too_small, refuses_without_the_right_answer, writes_every_byte,
    notices_a_card_that_lies, says_when_a_card_takes_no_more, presets_the_enrolment,
)


def main():
    failed = 0
    for test in TESTS:
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(Bench(folder))
            except (AssertionError, subprocess.CalledProcessError) as error:
                failed += 1
                print(f"FAILED {test.__name__}: {error}")
    print(f"{len(TESTS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
