#!/usr/bin/python3
"""What assistive technology hears of the kiosk over AT-SPI: every page is walked, and something is ordered by it alone.

usage: tests/e2e/kiosk_at_spi.py PROGRAMS [--print]

Starts a hub, a device and its screen under Xvfb with a session bus of their own. Debian's Python, because pyatspi is
Debian's (python3-pyatspi). --print writes down what is heard of each page.
"""
import contextlib, json, os, select, socket, subprocess, sys, tempfile, time, urllib.request

WIDTH, HEIGHT = 1080, 1920
BARS = 420  # pixels at the lower edge, where what is scrolled lies behind what stands
DEADLINE = 120  # seconds for anything that is waited for; a busy machine is slow
PAGE_DEADLINE = 20  # for a page to come to rest; what is wrong with it then is told
PRODUCTS = (
    "id\ttitle\tdescription\tlink\tprice\tsale_price\tavailability\tgtin\tbrand\tproduct_type\titem_group_id\tcolor\n"
    "MUG-W\tStoneware mug, white\tFor long mornings.\thttps://shop.example/mug\t12.95 EUR\t9.95 EUR\tin_stock\t9521234543213\tKorpi\tMugs\tmug\twhite\n"
    "MUG-B\tStoneware mug, blue\tFor long mornings.\thttps://shop.example/mug\t12.95 EUR\t\tin_stock\t9521000000018\tKorpi\tMugs\tmug\tblue\n"
    "LAMP\tDesk lamp\tFor long evenings.\thttps://shop.example/lamp\t59.00 EUR\t\tin_stock\t9521000000025\tLoiste\tLamps\t\t\n"
)
INVENTORY = (
    "store_code\tid\tquantity\tavailability\n"
    "FI-HEL-01\tMUG-W\t12\tin_stock\nFI-HEL-01\tMUG-B\t2\tin_stock\nFI-TKU-01\tLAMP\t4\tin_stock\n"
)
# What can be pressed. Which of them it is depends on Qt: 6.4 calls most a push button, and says whether it is chosen.
PRESSED = {"push button", "check box", "radio button", "page tab"}
SPOKEN = PRESSED | {"text", "entry", "label", "heading", "alert", "list item", "slider", "notification"}


def stores():
    def store(code, name, city, latitude, longitude):
        return {"@type": "Store", "branchCode": code, "name": name, "openingHours": ["Mo-Su 00:00-24:00"],
                "address": {"@type": "PostalAddress", "streetAddress": "Testikatu 1", "addressLocality": city,
                            "postalCode": "00100", "addressCountry": "FI"},
                "geo": {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}}
    return [store("FI-HEL-01", "Helsinki Kamppi", "Helsinki", 60.1690, 24.9310),
            store("FI-TKU-01", "Turku", "Turku", 60.4518, 22.2666)]


class Failed(Exception):
    pass


def wait_for(what, is_done, seconds=DEADLINE):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            result = is_done()
            if result:
                return result
        time.sleep(0.05)
    raise Failed(f"{what} did not happen within {seconds} s")


class Device:
    """Hub, edge and kiosk in a folder; ends with it."""

    def __init__(self, programs, folder, screen):
        self.programs, self.folder, self.started = programs, folder, []
        for name, text in (("products.tsv", PRODUCTS), ("inventory.tsv", INVENTORY), ("stores.json", json.dumps(stores()))):
            with open(f"{folder}/{name}", "w", encoding="utf-8") as file:
                file.write(text)
        self.call("silta-hub", "import", "--db", f"{folder}/hub.db", "--products", f"{folder}/products.tsv", "--inventory",
                  f"{folder}/inventory.tsv", "--stores", f"{folder}/stores.json")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.start("silta-hub", "serve", "--db", f"{folder}/hub.db", "--listen", address, "--public-url", f"http://{address}")
        wait_for("hub", lambda: urllib.request.urlopen(f"http://{address}/healthz", timeout=5).status == 200)
        os.mkdir(f"{folder}/run")
        with open(f"{folder}/edge.toml", "w", encoding="utf-8") as file:
            file.write(f'state_folder = "{folder}/edge"\ncatalog_folder = "{folder}/catalog"\nsocket_folder = "{folder}/run"\n'
                       f'hub_url = "http://{address}"\npull_seconds = 1\n')
        self.start("silta-edge", "--config", f"{folder}/edge.toml")
        wait_for("edge", lambda: subprocess.run([f"{programs}/siltactl", "status", "--sockets", f"{folder}/run"],
                                                capture_output=True, check=False).returncode == 0)
        code = self.call("silta-hub", "enrol-code", "--db", f"{folder}/hub.db", "--store", "FI-HEL-01").split()[0]
        self.call("siltactl", "enrol", "--sockets", f"{folder}/run", code)
        self.start("silta-kiosk", "--edge", f"{folder}/run/kiosk.sock", "--control", f"{folder}/control.sock",
                   "--idle-seconds", "3600", "--windowed", f"{WIDTH}x{HEIGHT}",
                   environment={"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software",
                                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_IM_MODULE": "none"})

        def connect():
            self.control = socket.socket(socket.AF_UNIX)
            self.control.connect(f"{folder}/control.sock")
            return True
        wait_for("kiosk", connect)
        wait_for("catalogue", lambda: self.ask("state")["catalogReady"] and self.ask("state")["offers"] > 0)

    def start(self, name, *words, environment=None):
        self.started.append(subprocess.Popen([f"{self.programs}/{name}", *words], stdout=subprocess.DEVNULL,
                                             stderr=subprocess.DEVNULL,
                                             env=dict(os.environ, LC_ALL="C.UTF-8", **(environment or {}))))

    def call(self, name, *words):
        done = subprocess.run([f"{self.programs}/{name}", *words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"{name} {words[0]}: {done.stderr}")
        return done.stdout

    def ask(self, line):
        self.control.sendall((line + "\n").encode())
        answer = b""
        while not answer.endswith(b"\n"):
            answer += self.control.recv(65536)
        return json.loads(answer)

    def close(self):
        for process in reversed(self.started):
            process.terminate()
        for process in self.started:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class Heard:
    """One thing of a page, as a screen reader has it."""

    def __init__(self, node, spi):
        state = node.getState()
        self.node, self.role, self.name = node, node.getRoleName(), " ".join(node.name.split())
        self.note = node.description
        self.actions = []
        with contextlib.suppress(NotImplementedError):
            action = node.queryAction()
            self.actions = [action.getName(i) for i in range(action.nActions)]
        box = node.queryComponent().getExtents(spi.WINDOW_COORDS)
        self.left, self.top, self.right, self.bottom = box.x, box.y, box.x + box.width, box.y + box.height
        self.is_chosen = state.contains(spi.STATE_CHECKED) or state.contains(spi.STATE_SELECTED)
        self.is_enabled = state.contains(spi.STATE_ENABLED)

    def words(self):
        said = self.name + (", button" if self.role in PRESSED else ", field" if self.role in ("text", "entry") else "")
        if self.is_chosen:
            said += ", chosen"
        if not self.is_enabled:
            said += ", not available"
        return said + (f" ({self.note})" if self.note and self.note != self.name else "")


class Reader:
    def __init__(self, device):
        import pyatspi  # Debian's: only where the test runs
        self.spi, self.device = pyatspi, device

        def kiosk():
            desktop = pyatspi.Registry.getDesktop(0)
            for i in range(desktop.childCount):
                application = desktop.getChildAtIndex(i)
                if application is not None and application.name == "silta-kiosk" and application.childCount > 0:
                    return application
            return None
        self.application = wait_for("kiosk on the bus", kiosk)

    def page(self):
        """All that is told of what is on the screen, in order."""
        heard = []

        def walk(node):
            if node is None or not node.getState().contains(self.spi.STATE_SHOWING):
                return
            if node.getRoleName() in SPOKEN:
                heard.append(Heard(node, self.spi))
            for i in range(node.childCount):
                walk(node.getChildAtIndex(i))
        for i in range(self.application.childCount):
            walk(self.application.getChildAtIndex(i))
        return heard

    def find(self, roles, name):
        def found():
            try:
                page = self.page()
            except Exception:  # pylint: disable=broad-except  # it changes while it is read
                return None
            return next((each for each in page if each.role in roles and each.name == name and each.is_enabled), None)
        return wait_for(f"{name!r}", found)

    def press(self, name):
        each = self.find(PRESSED, name)
        each.node.queryAction().doAction(each.actions.index("Press"))
        return each


def faults_of(page):
    """What a person who hears the page would miss, a line each."""
    faults = []
    for each in page:
        where = f"{each.role} {each.name!r}"
        if not each.name:
            faults.append(f"{where} at {each.left},{each.top}: no name")
        if each.role in PRESSED and "Press" not in each.actions:
            faults.append(f"{where}: cannot be pressed")
    # In the order of the eye: nothing is told after what stands wholly below it and in its way.
    shown = [each for each in page if 0 <= each.top < HEIGHT and each.right > each.left and each.role in PRESSED | {"label", "heading", "text"}]
    for before, after in zip(shown, shown[1:]):
        is_beside = after.left >= before.right or after.right <= before.left
        if after.bottom <= before.top < HEIGHT - BARS and not is_beside:
            faults.append(f"{after.role} {after.name!r} is told after {before.name!r}, which stands below it")
    return faults


def tells(page, *words):
    said = "\n".join(each.words() for each in page)
    return [f"nobody says {each!r}" for each in words if each not in said]


def check_pages(device, reader, is_printing):
    """Each page, reached as a test reaches it, read as a screen reader reads it."""
    def tap(name):
        return lambda: wait_for(name, lambda: device.ask(f"tap {name}").get("ok"))

    def scan(code, page):
        def act():
            device.ask(f"scan {code}")
            wait_for(page, lambda: device.ask("state")["page"] == page and (page != "Product" or device.ask("state")["product"]["ready"]))
        return act

    def search():
        tap("navSearch")()
        device.ask("type searchField mug")
        wait_for("results", lambda: not device.ask("state")["search"]["busy"] and device.ask("state")["search"]["total"] > 0)
    pages = [
        ("attract", lambda: None, ["Touch the screen, or scan a product, button", "Welcome to Helsinki Kamppi",
                                   "English, button, chosen", "Offer right now", "€9.95"]),
        ("home", tap("attractTouch"), ["Home, button, chosen", "Search by name, brand or number, button", "Offers right now",
                                       "Stoneware mug, white, button (Korpi, €9.95, In stock)"]),
        ("search", search, ["Stoneware mug", "All stores, 1, button, chosen", "1 product found"]),
        ("filter", tap("filter"), ["Best match, button, chosen"]),
        ("filtered", tap("filterDone"), []),
        ("product", scan("9521234543213", "Product"),
         ["Stoneware mug, white", "Korpi", "€9.95", "Regular price €12.95", "In this store", "In stock", "For long mornings.",
          "white, button, chosen (In stock)", "blue, button (Last few)"]),
        ("order", tap("orderProduct"), ["Collect, button, chosen", "Reserve here, button", "€9.95", "Place the order, button"]),
        ("help", scan("4006381333931", "NotCarried"), ["We do not carry this product", "4006381333931"]),
        ("find order", lambda: (tap("navHome")(), tap("homeFindOrder")()), []),
        ("wishlist", tap("navWishlist"), []),
        ("join", tap("navJoin"), ["E-mail, field", "button"]),
        ("staff", lambda: device.ask("staff"), []),
        ("attract again", tap("navFinish"), ["Welcome to Helsinki Kamppi"]),
    ]
    faults = []
    for name, act, words in pages:
        act()

        def settled(words=words):
            try:
                page = reader.page()
            except Exception:  # pylint: disable=broad-except  # it changes while it is read
                return None
            return page if page and not tells(page, *words) and not faults_of(page) else None
        try:
            page = wait_for(name, settled, PAGE_DEADLINE)
        except Failed:
            page = reader.page()
            faults += [f"{name}: {fault}" for fault in tells(page, *words) + faults_of(page)]
        if is_printing:
            print(f"== {name}")
            for each in page:
                print("  " + each.words())
    return faults


def order_something(device, reader):
    """From the first page to the slip by what AT-SPI offers: press and read."""
    reader.press("Touch the screen, or scan a product")
    reader.press("Stoneware mug, white")
    reader.press("Order or reserve")
    reader.press("Reserve here")
    wait_for("choice is told", lambda: reader.find(PRESSED, "Reserve here").is_chosen)
    reader.press("Reserve")
    wait_for("slip", lambda: device.ask("state")["page"] == "Ordered")
    number = device.ask("state")["orderNumber"]
    wait_for("number is told", lambda: any(number in each.name for each in reader.page()))

    def at_hub():
        orders = device.call("silta-hub", "orders", "list", "--db", f"{device.folder}/hub.db")
        return number.replace(" ", "").replace("-", "") in orders.replace(" ", "").replace("-", "")
    wait_for("order at the hub", at_hub)
    return number


@contextlib.contextmanager
def display():
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        if not select.select([read], [], [], DEADLINE)[0]:
            raise Failed("Xvfb did not start")
        yield ":" + os.read(read, 16).decode().strip()
    finally:
        os.close(read)
        server.terminate()
        server.wait()


def main():
    if "DBUS_SESSION_BUS_ADDRESS" not in os.environ or "SILTA_OWN_BUS" not in os.environ:
        os.execvpe("dbus-run-session", ["dbus-run-session", "--", sys.executable, *sys.argv], dict(os.environ, SILTA_OWN_BUS="1"))
    faults = []
    with tempfile.TemporaryDirectory() as folder, display() as screen:
        os.environ.update(DISPLAY=screen, XDG_RUNTIME_DIR=folder)
        device = None
        try:
            device = Device(sys.argv[1], folder, screen)
            reader = Reader(device)
            faults = check_pages(device, reader, "--print" in sys.argv)
            print(f"ordered {order_something(device, reader)} by AT-SPI alone")
        except Failed as failure:
            faults.append(str(failure))
        finally:
            if device is not None:
                device.close()
    for fault in faults:
        print("FAIL:", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
