"""What the steps of a device's life in a virtual machine share: images and updates of three versions, a chain, a machine."""
import subprocess
from pathlib import Path

from chain import Chain
from vm import Failed, Machine

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
IMAGE = ROOT / "deploy" / "image"
V1, V2, V3 = "1.0.0", "1.1.0", "1.2.0"


def run(*command, check=True, given=None):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, input=given)
    if check and done.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done


class Bench:
    def __init__(self, folder, programs):
        self.folder = folder
        self.chain = Chain(folder / "chain", programs)
        self.disk = folder / "device.img"
        self.machine = None

    def slot(self, version):
        return self.folder / f"slot-{version}"

    def bundle(self, name):
        return self.folder / f"{name}.raucb"

    def new_device(self, name):
        """A machine that starts from a new disk with version V1, larger than the image as cards are, and with a drive
        that has the updates on it."""
        disk = self.folder / f"{name}.img"
        run("cp", "--sparse=always", self.slot(V1) / "disk.img", disk)
        run("truncate", "-s", "+512M", disk)
        return Machine(disk, self.folder / name, [self.folder / "updates.img"])

    def take(self, machine):
        """The machine that the steps that follow are about; the one before is switched off."""
        if self.machine is not None:
            self.machine.pull_plug()
        self.machine = machine

    def start(self, **more):
        self.machine.start()
        return self.machine.booted(**more)

    def mount_updates(self):
        self.machine.run("mkdir -p /run/updates && mountpoint -q /run/updates || mount -o ro /dev/disk/by-label/UPDATES /run/updates")
