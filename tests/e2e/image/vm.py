"""A store device as a virtual machine: UEFI, one disk, a screen, a console that is only listened to, and a second
serial line with a shell that the test's own image has."""
import json
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

CODE, VARS = "/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"
BOOT_SECONDS_MAX = 420
# One without AVX2: QEMU 7.2 reads all that vpmaskmovd could, also what is masked out, and so faults at the edge of a page
# where no processor does. Qt's conversions of pictures crash there.
CPU = "Nehalem"


class Failed(Exception):
    """What was expected of the device did not come."""


class Line:
    """One end of a serial line; keeps what has come, and writes it into a file beside its socket."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.path, self.heard = path, b""
        self.log = Path(f"{path}.log")

    def connect(self, seconds=10):
        end = time.monotonic() + seconds
        while True:
            try:
                self.socket.connect(str(self.path))
                self.socket.settimeout(0.5)
                return
            except (FileNotFoundError, ConnectionRefusedError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def listen(self):
        try:
            piece = self.socket.recv(65536)
        except TimeoutError:
            return
        if not piece:
            raise Failed("the machine is gone")
        self.heard += piece
        with open(self.log, "ab") as log:
            log.write(piece)

    def say(self, text):
        """Sends it; nothing when the machine takes nothing yet."""
        try:
            self.socket.sendall(text)
        except TimeoutError:
            pass

    def until(self, pattern, seconds, words):
        end = time.monotonic() + seconds
        while True:
            found = re.search(pattern, self.heard)
            if found:
                before, self.heard = self.heard[: found.end()], self.heard[found.end() :]
                return found, before
            if time.monotonic() > end:
                raise Failed(f"{words}: not within {seconds} s; last heard: {self.heard[-600:].decode(errors='replace')}")
            self.listen()


class Machine:
    def __init__(self, disk, folder, drives=()):
        self.disk, self.folder, self.drives = Path(disk), Path(folder), drives
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.process = self.console = self.shell = None
        self.asked = 0

    def start(self, *more):
        """Switches it on, with more words for QEMU. One processor: more are imitated less faithfully."""
        firmware = self.folder / "firmware.fd"
        if not firmware.exists():
            shutil.copy(VARS, firmware)
        for name in ("console", "shell", "monitor"):
            (self.folder / name).unlink(missing_ok=True)
        sockets = {name: f"unix:{self.folder / name},server=on,wait=off" for name in ("console", "shell", "monitor")}
        command = ["qemu-system-x86_64", "-machine", "q35", "-accel", "tcg,tb-size=512", "-cpu", CPU, "-smp", "1", "-m", "2048",
                   "-drive", f"if=pflash,format=raw,unit=0,readonly=on,file={CODE}", "-drive", f"if=pflash,format=raw,unit=1,file={firmware}",
                   "-drive", f"if=none,id=disk,format=raw,file={self.disk},cache=writethrough", "-device", "virtio-blk-pci,drive=disk,bootindex=0",
                   "-nic", "user,model=virtio-net-pci,restrict=off", "-device", "virtio-rng-pci", "-display", "none", "-vga", "std",
                   "-serial", sockets["console"], "-serial", sockets["shell"], "-qmp", sockets["monitor"], "-watchdog-action", "reset", *more]
        for number, drive in enumerate(self.drives):
            command += ["-drive", f"if=none,id=more{number},format=raw,readonly=on,file={drive}", "-device", f"virtio-blk-pci,drive=more{number}"]
        log = open(self.folder / "qemu.log", "ab")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.close()
        self.console, self.shell = Line(self.folder / "console"), Line(self.folder / "shell")
        for line in (self.console, self.shell):
            line.connect()

    def pull_plug(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
        self.process = None

    def booted(self, seconds=BOOT_SECONDS_MAX):
        """Waits for the boot loader's choice. Gives the slot, and whether it was the last resort."""
        found, _ = self.console.until(rb"silta: slot ([AB]) *(silta\.degraded)?[ \r]*\n", seconds, "the boot loader chooses")
        return found[1].decode(), found[2] is not None

    def is_good(self, seconds=BOOT_SECONDS_MAX):
        """Waits until the device calls itself well. Gives slot and version."""
        found, _ = self.console.until(rb"silta: slot ([AB]) is good, version (\S+)\r?\n", seconds, "the device calls itself well")
        return found[1].decode(), found[2].decode()

    def ask(self, command, seconds):
        """Gives exit status and output. Each question has a number, so that a late answer is nobody else's."""
        self.asked += 1
        self.shell.say(f"echo '<<{self.asked}>>'; ({command}) 2>&1; echo \"@@{self.asked}:$?@@\"\n".encode())
        found, before = self.shell.until(rf"@@{self.asked}:(\d+)@@\r?\n".encode(), seconds, command)
        text = before[: -len(found[0])].decode(errors="replace").replace("\r\n", "\n")
        return int(found[1]), re.split(rf"(?m)^<<{self.asked}>>\n", text)[-1].strip()

    def ready(self, seconds=BOOT_SECONDS_MAX):
        """Waits for the shell to answer."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.console.listen()
            try:
                self.shell.say(b"stty -echo; PS1=\n")
                self.ask("true", 10)
                return
            except Failed:
                continue
        raise Failed(f"the shell does not answer within {seconds} s")

    def run(self, command, seconds=120, check=True):
        status, text = self.ask(command, seconds)
        if check and status != 0:
            raise Failed(f"{command}: exit {status}\n{text}")
        return text if check else (status, text)

    def wait(self, words, command, seconds=120):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status, _ = self.run(command, check=False)
            if status == 0:
                return
            time.sleep(1)
        raise Failed(f"{words}: not within {seconds} s")

    def status(self):
        status, text = self.run("siltactl --json status", check=False)
        return json.loads(text) if status == 0 else {}

    def monitor(self, execute, **arguments):
        """Asks QEMU itself."""
        with socket.socket(socket.AF_UNIX) as monitor:
            monitor.connect(str(self.folder / "monitor"))
            reader = monitor.makefile("r", encoding="utf-8")
            reader.readline()
            for question in ({"execute": "qmp_capabilities"}, {"execute": execute, "arguments": arguments}):
                monitor.sendall(json.dumps(question).encode() + b"\n")
                while "return" not in (answer := json.loads(reader.readline())):
                    if "error" in answer:
                        raise Failed(f"{execute}: {answer['error']}")

    def screenshot(self, file):
        """What the machine's screen shows, as a PPM file."""
        self.monitor("screendump", filename=str(file))

    def press(self, *keys):
        """All of them together on the machine's keyboard."""
        self.monitor("send-key", keys=[{"type": "qcode", "data": key} for key in keys])
