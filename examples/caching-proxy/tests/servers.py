#!/usr/bin/env python3
"""The proxy before real servers: nginx, Apache and lighttpd, each with and without gzip.

    apt-get install nginx-light apache2-bin lighttpd lighttpd-mod-deflate
    examples/caching-proxy/tests/servers.py [--verbose]

A script of requests with a fixed seed goes through the proxy, while the files of the server change. It prints how many
octets of content came from the server, and how many had to: each octet of a version and coding once, when a client first
gets it. It fails if a client gets what is not, or is no longer, a version of the file. The servers run from a temporary
folder on free ports, in the foreground; no service of the system is touched.

With --verbose it prints each request for which more came than was new. The reasons:

- The proxy keeps one part of a representation, and completes a part only if it is a beginning.
- Apache does not evaluate If-None-Match beside If-Range: it answers 206 or 200 where 304 is right.
- Apache adds `-gzip` to the tags of what it codes, and compares a tag with that suffix to the one without: it never
  answers 304 for it.
- lighttpd adds `-gzip` too, and knows the tag only where If-None-Match lists nothing else and does not weaken it.
"""

import argparse
import gzip
import http.client
import http.server
import json
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from email.utils import formatdate

REQUESTS = 200
# Fresh for an hour, and never fresh.
FILES = ["/long/a.txt", "/long/b.txt", "/c.txt", "/d.txt"]
ROOT = pathlib.Path(__file__).resolve().parents[3]

NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{ }}
http {{
    access_log off; types {{ text/plain txt; }}
    client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
    uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
    # Without the last, nothing that comes through a proxy is coded.
    gzip {gzip}; gzip_types text/plain; gzip_vary on; gzip_proxied any;
    server {{
        listen 127.0.0.1:{port}; root {folder}/files;
        location / {{ add_header Cache-Control max-age=0; }}
        location /long/ {{ add_header Cache-Control max-age=3600; }}
    }}
}}
"""

APACHE = """
ServerRoot {folder}
ServerName localhost
PidFile {folder}/pid
ErrorLog {folder}/errors
Listen 127.0.0.1:{port}
{modules}
User www-data
Group www-data
TypesConfig /dev/null
AddType text/plain txt
DocumentRoot {folder}/files
<Directory {folder}/files>
    Require all granted
</Directory>
Header set Cache-Control max-age=0
<Location /long/>
    Header set Cache-Control max-age=3600
</Location>
{gzip}
"""
APACHE_MODULES = ["mpm_event", "authz_core", "mime", "headers", "filter", "deflate"]

LIGHTTPD = """
server.document-root = "{folder}/files"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{folder}/errors"
server.stat-cache-engine = "disable"
server.modules = ("mod_setenv", "mod_deflate")
mimetype.assign = (".txt" => "text/plain")
$HTTP["url"] =~ "^/long/" {{ setenv.set-response-header = ("Cache-Control" => "max-age=3600") }}
else {{ setenv.set-response-header = ("Cache-Control" => "max-age=0") }}
{gzip}
"""


def nginx(folder, port, is_coding):
    config = NGINX.format(folder=folder, port=port, gzip="on" if is_coding else "off")
    return config, ["nginx", "-e", f"{folder}/errors", "-c"]


def apache(folder, port, is_coding):
    modules = [f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in APACHE_MODULES]
    coding = "AddOutputFilterByType DEFLATE text/plain" if is_coding else ""
    config = APACHE.format(folder=folder, port=port, gzip=coding, modules="\n".join(modules))
    return config, ["apache2", "-D", "FOREGROUND", "-f"]


def lighttpd(folder, port, is_coding):
    coding = 'deflate.mimetypes = ("text/plain")\ndeflate.allowed-encodings = ("gzip")' if is_coding else ""
    return LIGHTTPD.format(folder=folder, port=port, gzip=coding), ["lighttpd", "-D", "-f"]


class Response:
    """A response, with its content as it was sent."""

    def __init__(self, port, method, path, fields):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in fields.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        self.status = response.status
        self.fields = response.headers
        self.content = response.read()
        connection.close()

    def coding(self):
        return self.fields.get("Content-Encoding", "")


class Relay(http.server.ThreadingHTTPServer):
    """Stands between the proxy and the server, and counts."""

    daemon_threads = True

    def __init__(self, server_port):
        super().__init__(("127.0.0.1", 0), RelayHandler)
        self.upstream = server_port
        # Status and octets of content of each response.
        self.passed = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class RelayHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16

    def do_GET(self):
        fields = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        response = Response(self.server.upstream, self.command, self.path, fields)
        self.server.passed.append((response.status, len(response.content)))
        self.send_response_only(response.status)
        for name, value in response.fields.items():
            if name.lower() not in ("connection", "keep-alive"):
                self.send_header(name, value)
        self.end_headers()
        if response.fields.get("Transfer-Encoding") and self.command == "GET":
            self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(response.content), response.content))
        else:
            self.wfile.write(response.content)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass


class Form:
    """A version of a file in one coding, as the server sends it."""

    def __init__(self, response):
        self.coding = response.coding()
        self.octets = response.content
        self.tag = response.fields["ETag"]
        self.date = response.fields["Last-Modified"]


class File:
    """A file of the server, with all that it has been."""

    def __init__(self, folder, port, path, randomness):
        self.path, self.port, self.randomness = path, port, randomness
        self.place = folder / "files" / path.lstrip("/")
        self.place.parent.mkdir(parents=True, exist_ok=True)
        # The forms of each version, by coding.
        self.versions = []
        self.change()

    def change(self):
        version = len(self.versions)
        words = (f"{self.randomness.getrandbits(40):x}" for _ in range(self.randomness.randint(300, 3000)))
        text = f"{self.path}, version {version}\n{' '.join(words)}\n".encode()
        written = self.place.with_suffix(".new")
        written.write_bytes(text)
        # Long ago, so that the dates are strong, and never twice the same.
        when = 1_600_000_000 + 1000 * version
        os.utime(written, (when, when))
        written.rename(self.place)
        plain = Form(Response(self.port, "GET", self.path, {}))
        coded = Form(Response(self.port, "GET", self.path, {"Accept-Encoding": "gzip"}))
        check(plain.octets == text and plain.date == formatdate(when, usegmt=True), "the server sends the file")
        if coded.coding:
            check(coded.coding == "gzip" and gzip.decompress(coded.octets) == text, "the server codes the file")
        self.versions.append({form.coding: form for form in (coded, plain)})

    def newest(self):
        return len(self.versions) - 1

    def form(self, version, coding):
        return self.versions[version].get(coding)


def check(is_met, message):
    if not is_met:
        raise AssertionError(message)


def opaque(tag):
    return tag.removeprefix("W/") if tag else None


class Client:
    """Asks the proxy, judges what it gets, and counts what is new."""

    def __init__(self, port, relay, files, randomness):
        self.port, self.relay, self.randomness = port, relay, randomness
        self.files = files
        # What was got last, by file and variant: version and form.
        self.held = {}
        # The oldest version that a client may still get, by file and variant.
        self.oldest = {}
        # The positions that some client got, by file, version and coding.
        self.got = {}
        self.needless = []
        self.needed = 0

    def ask(self, file, method="GET", fields=None):
        fields = fields or {}
        self.relay.passed.clear()
        response = Response(self.port, method, file.path, fields)
        passed = list(self.relay.passed)
        try:
            version, form, positions = self.judge(file, method, fields, response)
            self.check_age(file, fields, version, bool(passed))
        except AssertionError as error:
            asked = f"{method} {file.path} {fields}"
            raise AssertionError(f"{asked}: {response.status} {dict(response.fields)}: {error}") from None
        known = self.got.setdefault((file.path, version, form.coding), set())
        new = len(set(positions) - known)
        known.update(positions)
        self.needed += new
        transferred = sum(octets for _, octets in passed)
        if transferred > new:
            self.needless.append((method, file.path, fields, response.status, passed, new))
        return passed, transferred

    def judge(self, file, method, fields, response):
        """Returns the version and form that the response is of, and the positions that came with it."""
        tag, date = response.fields.get("ETag"), response.fields.get("Last-Modified")
        coding = response.coding()
        if response.status == 200 and method == "GET":
            for version, forms in enumerate(file.versions):
                form = forms.get(coding)
                if form and form.octets == response.content:
                    check(opaque(tag) == opaque(form.tag) and date == form.date, "the validators are of this version")
                    return version, form, range(len(form.octets))
            check(False, "the content is no version")
        named = []
        for version, forms in enumerate(file.versions):
            named += [(version, form) for form in forms.values() if opaque(form.tag) == opaque(tag) or form.date == date]
        if response.status == 416:
            return file.newest(), next(iter(file.versions[-1].values())), ()
        check(len({version for version, _ in named}) == 1, "the validators name one version")
        if response.status == 304:
            version, form = named[0]
            tags = [opaque(listed) for listed in re.findall(r'(?:W/)?"[^"]*"', fields.get("If-None-Match", ""))]
            is_listed = any(opaque(form.tag) in tags for _, form in named)
            check(is_listed or ("If-None-Match" not in fields and fields.get("If-Modified-Since") == form.date),
                  "the 304 is about what the client holds")
            return version, form, ()
        # After If-Range a 206 need not repeat Content-Encoding: RFC 9110 §15.3.7.
        is_named = coding or "If-Range" not in fields
        named = [(version, form) for version, form in named if form.coding == coding or not is_named]
        check(named, "there is a form with this coding")
        version, form = named[0]
        if method == "HEAD":
            check(response.status == 200 and not response.content, "a head alone")
            length = response.fields.get("Content-Length")
            check(length in (None, str(len(form.octets))), "the length is that of the form")
            return version, form, ()
        check(response.status == 206, "the status is known")
        first, last, length = map(int, re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", response.fields["Content-Range"]).groups())
        named = [(version, form) for version, form in named if length == len(form.octets)]
        check(named, "the complete length is that of the form")
        version, form = named[0]
        check(response.content == form.octets[first:last + 1], "the part is of the version that its validator names")
        guard = fields.get("If-Range")
        check(guard in (None, form.tag, form.date) and not (guard or "").startswith("W/"), "If-Range is true")
        return version, form, range(first, last + 1)

    def check_age(self, file, fields, version, is_asked):
        key = (file.path, fields.get("Accept-Encoding"))
        is_validated = "Cache-Control" in fields or not file.path.startswith("/long/")
        oldest = file.newest() if is_validated else self.oldest.get(key, 0)
        check(version >= oldest, f"version {version} is older than {oldest}")
        check(is_asked or not is_validated, "the server is asked")
        self.oldest[key] = version

    def ask_at_random(self):
        chance, choose = self.randomness.random, self.randomness.choice
        file = choose(self.files)
        if chance() < 0.06:
            file.change()
        fields = {}
        if chance() < 0.5:
            fields["Accept-Encoding"] = "gzip"
        if chance() < 0.3:
            fields["Cache-Control"] = choose(["max-age=0", "no-cache"])
        # What the client holds: the form of some version in the coding that it asks for.
        forms = file.versions[choose([-1, -1, self.randomness.randrange(len(file.versions))])]
        held = forms.get("gzip") if "Accept-Encoding" in fields else None
        held = held or forms[""]
        kind = choose(["whole", "whole", "head", "tag", "tags", "date", "range", "range", "tag and range", "date and range"])
        if kind == "tag":
            fields["If-None-Match"] = held.tag
        if kind == "tags":
            fields["If-None-Match"] = f'"other", W/{opaque(held.tag)}'
        if kind == "date":
            fields["If-Modified-Since"] = held.date
        if kind.endswith("range"):
            first = self.randomness.randrange(3000)
            fields["Range"] = choose([f"bytes={first}-{first + self.randomness.randrange(3000)}", f"bytes={first}-",
                                      f"bytes=0-{first}", f"bytes=-{first + 1}"])
        if kind == "tag and range":
            fields["If-Range"] = held.tag
        if kind == "date and range":
            fields["If-Range"] = held.date
        return self.ask(file, "HEAD" if kind == "head" else "GET", fields)


class Process:
    """A program that runs until this is left."""

    def __init__(self, command, port=None, **options):
        self.running = subprocess.Popen(command, **options)
        end = time.monotonic() + 20
        while port and time.monotonic() < end:
            check(self.running.poll() is None, f"{command[0]} runs")
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)

    def __enter__(self):
        return self.running

    def __exit__(self, *_):
        self.running.send_signal(signal.SIGTERM)
        self.running.wait(20)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def play(server, is_coding, proxy, verbose):
    name = f"{server.__name__}, gzip {'on' if is_coding else 'off'}"
    randomness = random.Random(20)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        (pathlib.Path(folder) / "files").mkdir()
        port = free_port()
        config, command = server(folder, port, is_coding)
        place = pathlib.Path(folder) / "config"
        place.write_text(config)
        with Process([*command, str(place)], port, env={**os.environ, "PATH": os.environ["PATH"] + ":/usr/sbin"}):
            files = [File(pathlib.Path(folder), port, path, randomness) for path in FILES]
            relay = Relay(port)
            origin = f"http://127.0.0.1:{relay.server_address[1]}"
            command = [proxy, "--listen", "127.0.0.1:0", "--origin", origin]
            with Process(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
                client = Client(int(running.stdout.readline().rsplit(":", 1)[1]), relay, files, randomness)
                transferred = 0
                # A stored file is transferred once, although the tag of what was coded is weak.
                accepts = {"Accept-Encoding": "gzip", "Cache-Control": "max-age=0"}
                first, octets = client.ask(files[0], "GET", accepts)
                transferred += octets
                second, octets = client.ask(files[0], "GET", accepts)
                transferred += octets
                if server is nginx:
                    check([status for status, _ in first] == [200] and second == [(304, 0)], f"{first}, {second}")
                for _ in range(REQUESTS - 2):
                    transferred += client.ask_at_random()[1]
            relay.shutdown()
    check(server is not nginx or transferred <= 1.1 * client.needed, f"{transferred} octets instead of {client.needed}")
    print(f"{name}: {REQUESTS} requests, {transferred} octets came, {client.needed} had to", flush=True)
    for method, path, fields, status, passed, new in client.needless if verbose else []:
        print(f"    {method} {path} {fields}: {status}; from the server {passed}, of which {new} new")


def built():
    """Returns the program of the proxy."""
    command = ["cargo", "build", "--package", "example-caching-proxy", "--message-format", "json-render-diagnostics"]
    built = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    made = (json.loads(line).get("executable") for line in built.splitlines())
    return next(program for program in made if program)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--verbose", action="store_true", help="print each request for which too much came")
    options.add_argument("--proxy", help="the program; it is built if none is given")
    options = options.parse_args()
    proxy = options.proxy or built()
    for server in (nginx, apache, lighttpd):
        for is_coding in (False, True):
            play(server, is_coding, proxy, options.verbose)


if __name__ == "__main__":
    sys.exit(main())
