#!/usr/bin/env python3
"""The kiosk against a browser in kiosk mode on an equivalent static page, under Xvfb, both drawing without a GPU.

usage: tests/bench/kiosk/measure.py BIN SHOP [--use SECONDS] [--idle SECONDS] [--starts N] [--words N] [--alone]

SHOP is a folder that bench_kiosk_shop wrote. Prints what was measured and the ratios; see tests/bench/kiosk/run.
"""
import argparse, contextlib, http.server, json, os, select, shutil, socket, socketserver, statistics, subprocess, sys
import tempfile, threading, time

WIDTH, HEIGHT = 1080, 1920
DEADLINE = 60  # seconds for anything that is waited for
TICKS = os.sysconf("SC_CLK_TCK")


def wait_for(what, is_done, seconds=DEADLINE):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = is_done()
        if result:
            return result
        time.sleep(0.002)
    sys.exit(f"FAIL: {what} did not happen within {seconds} s")


def family(pid):
    """The process and all that it started."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with contextlib.suppress(OSError, IndexError), open(f"/proc/{name}/stat", encoding="ascii", errors="replace") as stat:
                parents.setdefault(int(stat.read().rsplit(")", 1)[1].split()[1]), []).append(int(name))
    found, open_ = [], [pid]
    while open_:
        found.append(open_.pop())
        open_ += parents.get(found[-1], [])
    return found


def pss_megabytes(pid):
    """Proportional set size of the family, and the part of it that is nobody's file."""
    total = anonymous = 0
    for each in family(pid):
        with contextlib.suppress(OSError), open(f"/proc/{each}/smaps_rollup", encoding="ascii") as rollup:
            for line in rollup:
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
                elif line.startswith("Pss_Anon:"):
                    anonymous += int(line.split()[1])
    return total / 1024, anonymous / 1024


def cpu_seconds(pid):
    ticks = 0
    for each in family(pid):
        with contextlib.suppress(OSError), open(f"/proc/{each}/stat", encoding="ascii", errors="replace") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def end(process):
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def display():
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        if not select.select([read], [], [], DEADLINE)[0]:
            sys.exit("FAIL: Xvfb did not start")
        number = os.read(read, 16).decode().strip()
        if not number:
            sys.exit("FAIL: Xvfb did not start")
        yield ":" + number
    finally:
        os.close(read)
        end(server)


class Edge(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """Says where the catalogue is; the rest of a device is not part of the measurement."""
    daemon_threads = True

    def __init__(self, path, shop):
        status = json.dumps({"deviceId": "bench", "storeCode": "A", "storeName": "Silta Bench", "enrolled": True,
                             "hub": {"url": "https://hub", "reachable": True}, "mediaDir": f"{shop}/media",
                             "catalog": {"path": f"{shop}/catalog.db", "catalogSeq": 1, "stockSeq": 1}}).encode()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                is_status = self.path == "/v1/status"
                self.send_response(200 if is_status else 404)
                self.send_header("Content-Length", str(len(status) if is_status else 0))
                self.end_headers()
                if is_status:
                    self.wfile.write(status)

            def address_string(self):
                return "kiosk"

            def log_message(self, *_):
                pass

        super().__init__(path, Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Kiosk:
    name = "kiosk"

    def __init__(self, bin_, folder, screen, _shop):
        self.notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notify.bind(f"{folder}/notify")
        environment = dict(os.environ, DISPLAY=screen, QT_QPA_PLATFORM="xcb", QT_QUICK_BACKEND="software",
                           NOTIFY_SOCKET=f"{folder}/notify", LC_ALL="C.UTF-8", XDG_RUNTIME_DIR=folder)
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [f"{bin_}/silta-kiosk", "--edge", f"{folder}/edge.sock", "--control", f"{folder}/control.sock",
             "--idle-seconds", "3600", "--windowed", f"{WIDTH}x{HEIGHT}"], env=environment, stderr=subprocess.DEVNULL)

    def start_seconds(self):
        """To the first frame on the screen, and to the catalogue that is open."""
        self.notify.settimeout(DEADLINE)
        while b"READY=1" not in self.notify.recv(4096):
            pass
        first = time.monotonic() - self.started

        def connected():
            self.control = socket.socket(socket.AF_UNIX)
            with contextlib.suppress(OSError):
                self.control.connect(os.path.join(os.path.dirname(self.notify.getsockname()), "control.sock"))
                return True
            self.control.close()
            return False
        wait_for("control socket", connected)
        wait_for("catalogue", lambda: self.ask("page")["page"] == "Attract")
        return first, time.monotonic() - self.started

    def ask(self, line):
        self.control.sendall((line + "\n").encode())
        answer = b""
        while not answer.endswith(b"\n"):
            answer += self.control.recv(65536)
        return json.loads(answer)

    def tap(self, name):
        wait_for(f"tap on {name}", lambda: self.ask(f"tap {name}").get("ok"))

    def open_search(self):
        if self.ask("page")["page"] == "Attract":
            self.tap("attractTouch")
        self.tap("navSearch")

    def type_letter(self, letter):
        if not self.ask(f"time searchField {letter}").get("ok"):
            sys.exit("FAIL: the kiosk takes no letter")
        times = wait_for("results", lambda: (lambda t: t if "wholeMs" in t else None)(self.ask("times")))
        return times["firstMs"], times["wholeMs"]

    def clear(self):
        self.tap("clearSearch")

    def open_first(self):
        if self.ask("tap result-0").get("ok"):
            wait_for("product", lambda: self.ask("page")["page"] == "Product")
            self.tap("back")

    def rest(self):
        self.tap("navFinish")

    def close(self):
        end(self.process)
        self.notify.close()


class Browser:
    """Driven by the DevTools protocol over a pipe: JSON, each message ends with a zero."""
    name = "chromium"

    def __init__(self, _bin, folder, screen, address):
        to_read, self.to = os.pipe()
        self.from_, from_write = os.pipe()
        environment = dict(os.environ, DISPLAY=screen, HOME=folder, XDG_RUNTIME_DIR=folder)
        self.number, self.buffer = 0, b""
        self.began = time.time()
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec "$@" 3<&{to_read} 4>&{from_write}', "-", "chromium", "--kiosk", "--no-sandbox",
             "--no-first-run", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={folder}/profile",
             f"--window-size={WIDTH},{HEIGHT}", "--window-position=0,0", "--password-store=basic", "--allow-file-access-from-files", address],
            env=environment, pass_fds=[to_read, from_write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for descriptor in (to_read, from_write):
            os.close(descriptor)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            while b"\0" not in self.buffer:
                if not select.select([self.from_], [], [], DEADLINE)[0]:
                    sys.exit(f"FAIL: the browser does not answer {method}")
                read = os.read(self.from_, 1 << 20)
                if not read:
                    sys.exit("FAIL: the browser ended")
                self.buffer += read
            line, self.buffer = self.buffer.split(b"\0", 1)
            answer = json.loads(line)
            if answer.get("id") == self.number:
                return answer.get("result", {})

    def evaluate(self, words):
        return self.call("Runtime.evaluate", self.session, expression=words, returnByValue=True)["result"].get("value")

    def start_seconds(self):
        def page():
            targets = self.call("Target.getTargets")["targetInfos"]
            return next((t for t in targets if t["type"] == "page" and "index.html" in t["url"]), None)
        target = wait_for("page", page)
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        wait_for("page", lambda: self.evaluate("window.isReady"))
        painted = wait_for("paint", lambda: self.evaluate(
            "(performance.getEntriesByName('first-contentful-paint')[0] || {}).startTime"))
        first = (self.evaluate("performance.timeOrigin") + painted) / 1000 - self.began
        return first, time.time() - self.began

    def open_search(self):
        self.evaluate("openSearch()")

    def type_letter(self, letter):
        before = self.evaluate("times.length")
        self.call("Input.dispatchKeyEvent", self.session, type="keyDown", text=letter, key=letter)
        self.call("Input.dispatchKeyEvent", self.session, type="keyUp", key=letter)
        wait_for("results", lambda: self.evaluate("times.length") > before)
        ms = self.evaluate("times[times.length - 1]")
        return ms, ms

    def clear(self):
        self.evaluate("openSearch()")

    def open_first(self):
        self.evaluate("openProduct(7)")
        self.evaluate("show('search')")

    def rest(self):
        self.evaluate("show('attract')")

    def close(self):
        end(self.process)
        os.close(self.to)
        os.close(self.from_)


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def use(program, words, seconds):
    """What a shopper does, over and over."""
    until, turn = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        program.open_search()
        for letter in words[turn % len(words)]:
            program.type_letter(letter)
        program.open_first()
        program.clear()
        turn += 1
    return turn


def measure(make, words, options):
    result, starts = {}, []
    for turn in range(options.starts):
        with tempfile.TemporaryDirectory() as folder, display() as screen:
            program = make(folder, screen)
            try:
                starts.append(program.start_seconds())
                if turn + 1 == options.starts:
                    time.sleep(3)  # what a start leaves to do
                    before, clock = cpu_seconds(program.process.pid), time.monotonic()
                    time.sleep(options.idle)
                    result["idle CPU, %"] = 100 * (cpu_seconds(program.process.pid) - before) / (time.monotonic() - clock)
                    program.open_search()
                    first, whole = [], []
                    for each in words[:options.words]:
                        for letter in each:
                            one, all_ = program.type_letter(letter)
                            first.append(one)
                            whole.append(all_)
                        program.clear()
                    for name, values in (("letter to results", first), ("letter to all counts", whole)):
                        result[f"{name} p50, ms"] = percentile(values, 0.5)
                        result[f"{name} p95, ms"] = percentile(values, 0.95)
                    use(program, words, options.use)
                    program.rest()
                    time.sleep(3)
                    result["PSS after use, MB"], result["of it not of a file, MB"] = pss_megabytes(program.process.pid)
            finally:
                program.close()
    result = {"start to first frame, s": statistics.median(s[0] for s in starts),
              "start to catalogue open, s": statistics.median(s[1] for s in starts), **result}
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bin")
    parser.add_argument("shop")
    parser.add_argument("--use", type=float, default=60)
    parser.add_argument("--idle", type=float, default=24)
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--words", type=int, default=40)
    parser.add_argument("--alone", action="store_true", help="without the browser")
    options = parser.parse_args()
    options.shop = os.path.abspath(options.shop)
    with open(f"{options.shop}/words.json", encoding="utf-8") as file:
        words = json.load(file)

    def kiosk(folder, screen):
        Edge(f"{folder}/edge.sock", options.shop)
        return Kiosk(options.bin, folder, screen, options.shop)
    results = {"kiosk": measure(kiosk, words, options)}
    if not options.alone:
        page = os.path.join(os.path.dirname(os.path.abspath(__file__)), "page")
        with tempfile.TemporaryDirectory() as served:
            shutil.copy(f"{page}/index.html", served)
            os.symlink(f"{options.shop}/shop.json", f"{served}/shop.json")
            os.mkdir(f"{served}/media")
            for folder in os.listdir(f"{options.shop}/media"):
                for name in os.listdir(f"{options.shop}/media/{folder}"):
                    os.symlink(f"{options.shop}/media/{folder}/{name}", f"{served}/media/{name}")
            results["chromium"] = measure(
                lambda folder, screen: Browser(options.bin, folder, screen, f"file://{served}/index.html"), words, options)
    print(f"{'':<28}{'kiosk':>10}" + ("" if options.alone else f"{'chromium':>10}{'ratio':>8}"))
    for name, value in results["kiosk"].items():
        peer = results.get("chromium", {}).get(name)
        print(f"{name:<28}{value:>10.2f}" + ("" if peer is None else f"{peer:>10.2f}{value / peer if peer else 0:>8.2f}"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
