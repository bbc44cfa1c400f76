#!/usr/bin/env python3
"""deploy/flash on disks that exist only here: what it lists, what it refuses, what it writes.

usage: tests/e2e/image/flash.py
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import SimpleNamespace

FLASH = Path(__file__).resolve().parents[3] / "deploy" / "flash"
IMAGE = FLASH.with_name("image")
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
        flash.flash(SimpleNamespace(image=bench.image, disks=["/dev/sdb"], yes=True, hub=None, codes=None, labels=None))
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


def code_line(number, store="FI-HEL-01"):
    """As `silta-hub enrol-code --url … --json` prints them."""
    code = f"ABCD-EFGH-{number:04d}"
    return json.dumps({"code": code, "hours": 24, "qr": f"silta:enrol?c={code}&h=https://hub.example&k={'K' * 43}", "store": store}) + "\n"


def device_image(bench):
    """An image with the first partition of a device's; nothing where the tools for it are missing."""
    if any(shutil.which(tool) is None for tool in ("mcopy", "sfdisk", "mkfs.vfat", "qrencode")):
        print("    skipped: no mtools, fdisk, dosfstools, qrencode")
        return None
    image = bench.root / "device.img"
    with open(image, "wb") as file:
        file.truncate(6 * MIB)
    table = "label: gpt\nfirst-lba: 2048\nsize=4MiB, name=esp\n"
    subprocess.run(["sfdisk", "-q", image], input=table, text=True, check=True)
    subprocess.run(["mkfs.vfat", "--offset", "2048", image, str(4 * 1024)], check=True, capture_output=True)
    (bench.root / "version").write_text("1.4.0\n")
    return image


def left_on(node):
    return subprocess.run(["mtype", "-i", f"{node}@@{MIB}", "::/silta-enrolment"], capture_output=True, text=True, check=True).stdout


def presets_the_enrolment(bench):
    image = device_image(bench)
    if image is None:
        return
    for words, given, left in (
        (["--hub", "https://hub.example"], "ABCD-EFGH-JKLM\n", "silta:enrol?c=ABCD-EFGH-JKLM&h=https://hub.example\n"),
        ([], json.loads(code_line(7))["qr"] + "\n", json.loads(code_line(7))["qr"] + "\n"),
    ):
        subprocess.run([IMAGE, "preseed", image, *words], input=given, text=True, check=True)
        assert left_on(image) == left, left_on(image)
    before = image.read_bytes()
    for words, given in (
        (["--hub", "https://hub.example/$(reboot)"], "ABCD-EFGH-JKLM\n"), (["--hub", "https://hub.example"], "ABCD EFGH\n"),
        ([], "ABCD-EFGH-JKLM\n"), ([], "silta:enrol?c=ABCD-EFGH-JKLM&h=https://hub.example&k=short\n"),
        ([], "silta:enrol?c=ABCD-EFGH-JKLM&h=https://hub.example\x01\n"), ([], "\n"),
    ):
        done = subprocess.run([IMAGE, "preseed", image, *words], input=given, capture_output=True, text=True, check=False)
        assert done.returncode == 1 and "image: " in done.stderr, (words, given, done)
    assert image.read_bytes() == before, "something was written"


def gives_each_of_fifty_its_own_code(bench):
    image = device_image(bench)
    if image is None:
        return
    codes = bench.root / "codes"
    codes.write_text("".join(code_line(number) for number in range(50)))
    for first in range(0, 6, 3):
        nodes = [bench.disk(f"sd{letter}") for letter in "bcd"]
        done = bench.run(image, *[f"/dev/{node.name}" for node in nodes], "--yes", "--codes", str(codes), "--labels", str(bench.root / "labels"))
        assert done.returncode == 0, done
        for number, node in enumerate(nodes, first):
            assert left_on(node) == json.loads(code_line(number))["qr"] + "\n", left_on(node)
            shutil.rmtree(bench.root / "sys/block" / node.name)
    left = "".join(code_line(number) for number in range(6, 50))
    assert codes.read_text() == left and codes.stat().st_mode & 0o777 == 0o600, codes.read_text()
    labels = sorted(file.name for file in (bench.root / "labels").iterdir())
    assert labels == [f"ABCD-EFGH-{number:04d}.pdf" for number in range(6)], labels
    codes.write_text("")
    bench.disk("sdz")
    refuses(bench, "fewer codes", bench.image, "/dev/sdz", "--yes", "--codes", str(codes))


def keeps_a_code_from_a_card_that_failed(bench):
    bench.disk("sdb", mebibytes=4)
    codes = bench.root / "codes"
    for text, words in ((code_line(1), "the image needs"), ("ABCD-EFGH-JKLM\n", "the image needs"), ("", "the image needs")):
        codes.write_text(text)
        refuses(bench, words, bench.image, "/dev/sdb", "--yes", "--codes", str(codes))
        assert codes.read_text() == text
    bench.disk("sdc")
    codes.write_text("ABCD-EFGH-JKLM\n")  # without the hub's address
    done = bench.run(bench.image, "/dev/sdc", "--yes", "--codes", str(codes))
    assert done.returncode == 1 and "enrol-code --url" in done.stderr and codes.read_text() == "ABCD-EFGH-JKLM\n", done


def draws_a_label(bench):
    if shutil.which("qrencode") is None:
        print("    skipped: no qrencode")
        return
    flash = SourceFileLoader("flash", str(FLASH)).load_module()
    text = json.loads(code_line(1))["qr"]
    page = flash.label.pdf(text, [(13, "FI-(HEL)\\1"), (9, "ABCD")])
    assert page == flash.label.pdf(text, [(13, "FI-(HEL)\\1"), (9, "ABCD")]) and b"(FI-\\(HEL\\)\\\\1) Tj" in page, page[-900:]
    # Every object is where the table says, and the rectangles are the code's dark modules.
    at = int(page.rsplit(b"startxref\n", 1)[1].split()[0])
    for number, line in enumerate(page[at:].split(b"\n")[3:8], 1):
        assert page[int(line[:10]):].startswith(b"%d 0 obj" % number), line
    long = flash.label.pdf(text, [(13, "FI-JYVASKYLA-0001"), (9, "ABCD-EFGH-JKLM"), (7, "1.4.0")]).decode("latin-1")
    for points, left, words in re.findall(r"/F1 ([\d.]+) Tf ([\d.]+) [\d.]+ Td \((.*)\) Tj", long):
        right = float(left) + float(points) * flash.label.LETTER * len(words)
        assert right <= (flash.label.WIDTH - flash.label.MARGIN) * flash.label.POINTS + 0.1, f"{words} is cut off"
    assert "/F1 7.00 Tf" in long, "what is short is set small"
    rows = flash.label.modules_of(text)
    size = flash.label.QR / (len(rows) + 8) * flash.label.POINTS
    boxes = [tuple(map(float, line.split()[:4])) for line in page.split(b"\n") if line.endswith(b" re")]
    left, top = min(box[0] for box in boxes), max(box[1] + box[3] for box in boxes)
    seen = {(round((top - y) / size) - 1, column) for x, y, width, _ in boxes for column in range(round((x - left) / size), round((x + width - left) / size))}
    assert seen == {(y, x) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}, "not the code's modules"
    assert left >= (flash.label.MARGIN + 4 * flash.label.QR / (len(rows) + 8)) * flash.label.POINTS - 0.01, "no quiet zone"


TESTS = (
    lists_only_what_can_be_taken_out, says_that_there_is_none, refuses_the_disk_of_this_machine, refuses_what_is_in_use,
    refuses_a_part_and_what_is_not_there, refuses_what_is_too_small, refuses_without_the_right_answer, writes_every_byte,
    notices_a_card_that_lies, says_when_a_card_takes_no_more, presets_the_enrolment, gives_each_of_fifty_its_own_code,
    keeps_a_code_from_a_card_that_failed, draws_a_label,
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
