"""A chain's centre on this machine, which a virtual machine reaches over its own network."""
import json
import shutil
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
from one_store import INVENTORY, PRODUCTS, stores

ADDRESS, PORT = "10.0.2.2", 8490  # this machine, as seen from QEMU's user network
STORES = stores("Mo-Su 00:00-23:59")


class Chain:
    def __init__(self, folder, programs):
        self.folder, self.hub, self.process = Path(folder), Path(programs) / "silta-hub", None
        self.url = f"https://{ADDRESS}:{PORT}"
        self.certificate = self.folder / "certificate.pem"
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.certificate.exists():
            subprocess.run(
                ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "365", "-subj", "/CN=hub", "-addext",
                 f"subjectAltName=IP:{ADDRESS},IP:127.0.0.1", "-keyout", self.folder / "key.pem", "-out", self.certificate],
                check=True, capture_output=True,
            )

    def call(self, command, *words):
        done = subprocess.run([self.hub, command, "--db", self.folder / "hub.db", *words], check=True, capture_output=True, text=True)
        return done.stdout

    def start(self):
        for file in self.folder.glob("hub.db*"):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        (self.folder / "products.tsv").write_text(PRODUCTS)
        (self.folder / "inventory.tsv").write_text(INVENTORY)
        (self.folder / "stores.json").write_text(json.dumps(STORES))
        self.call("import", "--products", self.folder / "products.tsv", "--inventory", self.folder / "inventory.tsv", "--stores", self.folder / "stores.json")
        log = open(self.folder / "hub.log", "wb")
        self.process = subprocess.Popen(
            [self.hub, "serve", "--db", self.folder / "hub.db", "--listen", f"127.0.0.1:{PORT}", "--tls-cert", self.certificate,
             "--tls-key", self.folder / "key.pem", "--public-url", self.url, "--chain", "Silta"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )
        log.close()
        context = ssl.create_default_context(cafile=str(self.certificate))
        for _ in range(100):
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"https://127.0.0.1:{PORT}/healthz", context=context, timeout=2).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"the hub does not start: {(self.folder / 'hub.log').read_text()[-600:]}")

    def code(self):
        return self.call("enrol-code", "--store", "FI-HEL-01").split()[0]

    def code_with_key(self):
        """As a label has it: where the hub is, and its key."""
        return self.call("enrol-code", "--store", "FI-HEL-01", "--url", self.url).split()[0]

    def stop(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
