#!/usr/bin/env python3
"""Types words into the search field of a kiosk that it starts, and says how long the results took.

usage: tests/support/kiosk_search.py PROGRAMS SOCKETS WORDS...
"""
import json, socket, subprocess, sys, time
bin_, run, words = sys.argv[1], sys.argv[2], sys.argv[3:]
start = time.monotonic()
kiosk = subprocess.Popen([f"{bin_}/silta-kiosk", "--edge", f"{run}/kiosk.sock", "--control", f"{run}/control.sock",
                          "--windowed", "1080x1920", "--idle-seconds", "3600"], stderr=subprocess.DEVNULL)
def ask(line):
    control.sendall((line + "\n").encode())
    answer = b""
    while not answer.endswith(b"\n"):
        answer += control.recv(65536)
    return json.loads(answer)
def until(line, is_done, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = ask(line)
        if is_done(answer):
            return answer
        time.sleep(0.002)
    sys.exit(f"FAIL: the kiosk never answered {line} as expected")
try:
    while True:
        try:
            control = socket.socket(socket.AF_UNIX); control.connect(f"{run}/control.sock"); break
        except OSError:
            time.sleep(0.01)
    until("state", lambda s: s.get("catalogReady"))
    print(f"kiosk started, catalogue open      {time.monotonic() - start:.1f} s")
    until("tap attractTouch", lambda a: a.get("ok"))
    until("tap homeSearch", lambda a: a.get("ok"))
    for word in words:
        begun = time.monotonic()
        until(f"type searchField {word}", lambda a: a.get("ok"))
        found = until("state", lambda s: s["search"]["text"] == word and not s["search"]["busy"])["search"]["results"]
        print(f"kiosk search '{word}': {len(found)} found, {(time.monotonic() - begun) * 1000:.0f} ms, "
              f"first: {found[0]['title'] if found else '-'}")
        until("tap clearSearch", lambda a: a.get("ok"))
        if not found:
            sys.exit("FAIL: the kiosk finds nothing")
    memory = [line for line in open(f"/proc/{kiosk.pid}/status") if line.startswith("VmHWM")][0].split()[1]
    print(f"kiosk {int(memory) // 1024} MB at most, the mapped catalogue among it")
finally:
    kiosk.terminate()
    kiosk.wait()
