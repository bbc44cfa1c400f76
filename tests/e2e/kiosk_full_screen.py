#!/usr/bin/env python3
"""A kiosk over the whole screen of an X server that has no window manager draws, and says so.

usage: tests/e2e/kiosk_full_screen.py PROGRAMS
"""
import os, select, socket, subprocess, sys, tempfile

DEADLINE = 60  # seconds


def started_screen(write):
    return subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1080x1920x24", "-nolisten", "tcp"],
                            pass_fds=[write], stderr=subprocess.DEVNULL)


def says_ready(programs, folder, screen):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.bind(f"{folder}/notify")
        notify.settimeout(DEADLINE)
        environment = dict(os.environ, DISPLAY=screen, QT_QPA_PLATFORM="xcb", QT_QUICK_BACKEND="software",
                           NOTIFY_SOCKET=f"{folder}/notify", XDG_RUNTIME_DIR=folder, LC_ALL="C.UTF-8")
        kiosk = subprocess.Popen([f"{programs}/silta-kiosk", "--edge", f"{folder}/edge.sock"], env=environment,
                                 stderr=subprocess.DEVNULL)
        try:
            return b"READY=1" in notify.recv(4096)
        except TimeoutError:
            return False
        finally:
            kiosk.kill()
            kiosk.wait()


def main():
    read, write = os.pipe()
    server = started_screen(write)
    os.close(write)
    try:
        number = os.read(read, 16).decode().strip() if select.select([read], [], [], DEADLINE)[0] else ""
        if not number:
            sys.exit("FAIL: Xvfb did not start")
        with tempfile.TemporaryDirectory() as folder:
            if not says_ready(sys.argv[1], folder, ":" + number):
                sys.exit("FAIL: the kiosk draws nothing")
    finally:
        os.close(read)
        server.kill()
        server.wait()
    print("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
