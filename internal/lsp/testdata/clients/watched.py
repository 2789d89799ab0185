"""The server under strace, run by .ci/lsp: what it opens while an editor works, and how much memory it takes.

PROGRAM is the program to start, FOLDER the folder that is open in the editor.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

folder = pathlib.Path(os.environ["FOLDER"])
uri = (folder / "loong.toml").as_uri()
text = (folder / "loong.toml").read_text()
for name in ["other.loong.toml", "notes.txt", ".env", "sub/loong.toml"]:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)
(folder / "loonglint.toml").write_text('min-level = "info"\n')


class Server:
    def __init__(self, *command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.id = 0
        self.call("initialize", {"processId": os.getpid(), "rootUri": folder.as_uri(), "capabilities": {}})
        self.notify("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0"} | message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self, wanted):
        while True:
            size = int(self.process.stdout.readline().split(b":")[1])
            self.process.stdout.readline()
            message = json.loads(self.process.stdout.read(size))
            if wanted(message):
                return message

    def notify(self, method, params):
        self.send({"method": method, "params": params})

    def call(self, method, params):
        self.id += 1
        self.send({"id": self.id, "method": method, "params": params})
        return self.receive(lambda m: m.get("id") == self.id and "method" not in m)

    def open(self):
        self.notify("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "toml", "version": 1, "text": text}})
        self.published(1)

    def published(self, version):
        self.receive(lambda m: m.get("method") == "textDocument/publishDiagnostics" and m["params"]["version"] == version)

    def change(self, version, new):
        self.notify("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [new]})
        self.published(version)

    def end(self):
        self.call("shutdown", None)
        self.notify("exit", None)
        assert self.process.wait(10) == 0


problems = []

trace = folder.parent / "trace"
server = Server("strace", "-f", "-e", "trace=network,openat,open,execve", "-o", str(trace), os.environ["PROGRAM"], "lsp")
server.open()
place = {"textDocument": {"uri": uri}, "position": {"line": 3, "character": 9}}
for method in ["hover", "completion", "definition", "documentSymbol", "inlayHint", "codeAction", "documentLink", "foldingRange"]:
    everything = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    server.call("textDocument/" + method, place | {"range": everything, "context": {"diagnostics": []}})
server.change(2, {"text": text + "x = 1\n"})
server.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
server.published(2)
server.end()
lines = trace.read_text().splitlines()
problems += [line for line in lines if re.search(r"\b(socket|socketpair|connect|bind|listen)\(", line)]
problems += [line for line in lines if "execve(" in line][1:]
opened = [match[1] for line in lines if (match := re.search(r'\bopen(?:at)?\([^"]*"([^"]*)"', line))]
own = str(folder / "loonglint.toml")
problems += [path for path in opened if path != own and not path.startswith(("/sys/", "/proc/", "/etc/ld.so", "/lib/", "/usr/lib", "/dev/null"))]
if own not in opened:
    problems.append("loonglint.toml was not read, so the trace tells nothing")

server = Server(os.environ["PROGRAM"], "lsp")
server.open()
end = {"line": 6, "character": 0}
for version in range(2, 10_002, 2):
    server.change(version, {"range": {"start": end, "end": end}, "text": "x"})
    server.change(version + 1, {"range": {"start": end, "end": {"line": 6, "character": 1}}, "text": ""})
status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
peak = int(re.search(r"VmHWM:\s*(\d+) kB", status)[1]) / 1024
server.end()
print(f"peak memory after 10,000 changes: {peak:.0f} MiB")
if peak > 40:
    problems.append(f"it took {peak:.0f} MiB")

print("\n".join(problems))
sys.exit(bool(problems))
