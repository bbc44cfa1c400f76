#!/usr/bin/python3
"""Live traffic between device and hub, against the hub's OpenAPI description.

  traffic.py proxy PORT HUB_PORT LOG   forwards, and writes each exchange to LOG
  traffic.py check OPENAPI LOG         says what in LOG is not as described; exit status 1 when anything is
"""
import base64
import http.client
import http.server
import json
import re
import subprocess
import sys
import threading


def proxy(port, hub_port, log_path):
    log = open(log_path, "a", encoding="utf-8")
    lock = threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def forward(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            hub = http.client.HTTPConnection("127.0.0.1", hub_port, timeout=60)
            try:
                hub.request(self.command, self.path, body, dict(self.headers))
                reply = hub.getresponse()
                answer = reply.read()
            except OSError:
                self.close_connection = True  # as if the hub itself were down
                return
            with lock:
                log.write(json.dumps({
                    "method": self.command, "target": self.path, "request": base64.b64encode(body).decode(),
                    "requestHeaders": {k.lower(): v for k, v in self.headers.items()},
                    "status": reply.status, "headers": {k.lower(): v for k, v in reply.getheaders()},
                    "reply": base64.b64encode(answer[:1 << 20]).decode()}) + "\n")
                log.flush()
            self.send_response_only(reply.status)
            for name, value in reply.getheaders():
                if name.lower() not in ("connection", "transfer-encoding", "content-length"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST = forward

        def log_message(self, *_):
            pass

    http.server.ThreadingHTTPServer.daemon_threads = True
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


class Checker:
    def __init__(self, openapi_path):
        import jsonschema
        import yaml
        with open(openapi_path, encoding="utf-8") as file:
            self.spec = yaml.safe_load(file)
        self.jsonschema = jsonschema
        self.resolver = jsonschema.RefResolver.from_schema(self.spec)
        self.problems = []
        self.seen = {}
        self.operations = 0

    def resolve(self, node):
        while "$ref" in node:
            node = self.resolver.resolve(node["$ref"])[1]
        return node

    def validate(self, what, value, schema):
        validator = self.jsonschema.Draft202012Validator(schema, resolver=self.resolver)
        for error in validator.iter_errors(value):
            where = "/".join(str(part) for part in error.absolute_path)
            self.problems.append(f"{what}: {where}: {error.message[:200]}")

    def find(self, exchange):
        path = exchange["target"].split("?")[0]
        for template, methods in self.spec["paths"].items():
            pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
            if re.fullmatch(pattern, path) and exchange["method"].lower() in methods:
                return template, methods[exchange["method"].lower()]
        return None, None

    def check_request(self, what, exchange, operation):
        described = operation.get("requestBody", {}).get("content", {})
        body = base64.b64decode(exchange["request"])
        if not described:
            if body:
                self.problems.append(f"{what}: a body that is not described")
            return
        if "application/json" in described:
            self.validate(what, json.loads(body), described["application/json"]["schema"])
            return
        if exchange["requestHeaders"].get("content-encoding") == "zstd":
            body = subprocess.run(["zstd", "-dc"], input=body, stdout=subprocess.PIPE, check=True).stdout
        for line in body.splitlines():
            self.operations += 1
            self.validate(what, json.loads(line), {"$ref": "#/components/schemas/Operation"})

    def check_reply(self, what, exchange, operation):
        status = str(exchange["status"])
        responses = operation["responses"]
        response = responses.get(status) or responses.get(status[0] + "XX")
        if response is None:
            self.problems.append(f"{what}: status {status} is not described")
            return
        response = self.resolve(response)
        for header in response.get("headers", {}):
            if header.lower() not in exchange["headers"]:
                self.problems.append(f"{what}: no header {header}")
        content = response.get("content")
        media = exchange["headers"].get("content-type", "").split(";")[0]
        if content and media not in content and "*/*" not in content:
            self.problems.append(f"{what}: content type {media} is not described")
        elif content and media == "application/json" and "schema" in content[media]:
            value = json.loads(base64.b64decode(exchange["reply"]))
            self.validate(what, value, content[media]["schema"])
            if "signed" in value:
                self.validate(what + " signed", json.loads(value["signed"]), {"$ref": "#/components/schemas/Head"})

    def check(self, exchange):
        what = f"{exchange['method']} {exchange['target'].split('?')[0]} {exchange['status']}"
        template, operation = self.find(exchange)
        if operation is None:
            self.problems.append(f"{what}: no such path is described")
            return
        key = operation["operationId"]
        self.seen[key] = self.seen.get(key, 0) + 1
        self.check_request(what, exchange, operation)
        self.check_reply(what, exchange, operation)


def check(openapi_path, log_path):
    checker = Checker(openapi_path)
    with open(log_path, encoding="utf-8") as log:
        for line in log:
            checker.check(json.loads(line))
    print(f"{sum(checker.seen.values())} exchanges, {checker.operations} operations:",
          ", ".join(f"{name} {count}" for name, count in sorted(checker.seen.items())))
    for problem in checker.problems[:20]:
        print(problem)
    return 1 if checker.problems or not checker.seen else 0


if __name__ == "__main__":
    if sys.argv[1] == "proxy":
        proxy(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    else:
        sys.exit(check(sys.argv[2], sys.argv[3]))
