"""A clean Debian in a container: made once, laid under each run, booted with its own systemd and network."""
import os
import shutil
import subprocess
import time
from pathlib import Path

BOOT_SECONDS_MAX = 90
NSPAWN = ["systemd-nspawn", "--quiet", "--register=no", "--keep-unit"]


class Failed(Exception):
    """What was expected of the device did not come."""


def run(command, check=True, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    if check and done.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done


def base_root(folder, release):
    """A Debian with systemd and nothing of ours: made at the first call."""
    root = folder / f"root-{release}"
    if not (root / "made").exists():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        run(["debootstrap", "--variant=minbase", "--include=systemd,systemd-sysv,dbus,iproute2", release, root])
        (root / "made").touch()
    return root


class Container:
    """Changes go into a layer of their own, which ends with the object."""

    def __init__(self, base, work, packages):
        self.work, self.packages = work, packages
        self.root = work / "root"
        self.archives = base.parent / "archives"
        shutil.rmtree(work, ignore_errors=True)
        for name in ("upper", "overlay", "root"):
            (work / name).mkdir(parents=True)
        (self.archives / "partial").mkdir(parents=True, exist_ok=True)
        layers = f"lowerdir={base},upperdir={work / 'upper'},workdir={work / 'overlay'}"
        run(["mount", "-t", "overlay", "overlay", "-o", layers, self.root])
        self.process = None

    def close(self):
        self.stop()
        run(["umount", self.root], check=False)
        shutil.rmtree(self.work, ignore_errors=True)

    def outside(self, *command):
        """Runs a command in the files of the container, with this machine's network and no services."""
        binds = [f"--bind={self.archives}:/var/cache/apt/archives", f"--bind-ro={self.packages}:/packages"]
        environment = "--setenv=DEBIAN_FRONTEND=noninteractive"
        return run([*NSPAWN, "-D", self.root, *binds, environment, "--as-pid2", *command])

    def boot(self):
        log = open(self.work / "console", "a", encoding="utf-8")
        self.process = subprocess.Popen(
            [*NSPAWN, "-D", self.root, "--private-network", f"--bind-ro={self.packages}:/packages", "--boot"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )
        log.close()
        self.wait("the container is up", lambda: self.leader() and self.state() in ("running", "degraded"), BOOT_SECONDS_MAX)

    def leader(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return children[0] if children else None

    def state(self):
        return self.inside("systemctl", "is-system-running", check=False).stdout.strip()

    def inside(self, *command, check=True, user=None):
        """Runs a command in the booted container."""
        prefix = ["runuser", "-u", user, "--"] if user else []
        return run(["nsenter", "-a", "-t", self.leader(), "--", *prefix, *command], check=check)

    def stop(self):
        """Pulls the plug: nothing inside is asked."""
        if self.process is None:
            return
        leader = self.leader()
        if leader:
            os.kill(int(leader), 9)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def wait(self, words, condition, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if condition():
                return
            time.sleep(0.2)
        raise Failed(f"{words}: not within {seconds} s")

    def journal(self):
        if self.process is None or not self.leader():
            return ""
        return self.inside("journalctl", "--no-pager", "-n", "60", check=False).stdout
