"""What the server answers, and to whom: this machine's own page, what belongs to the book, and nothing else."""

from __future__ import annotations

import http.client
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from directory_pub.findings import Place, error
from directory_pub.preview.html import BROWSER_MODULES
from directory_pub.preview.link import Setting, listen, showing
from directory_pub.preview.messages import NewPages, Outcome
from previewing import previewing, told_by
from program import run, wait_until
from project import ROOT
from small_edition import write_edition

PRINT = "a" * 64
SCRIPTS = [f"/browser/{name}.js" for name in BROWSER_MODULES]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A preview of one blank page, and one finding in a file of the book; what it is asked here changes nothing."""
    root = tmp_path_factory.mktemp("project")
    file = root / "one.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(298, 421))
        pdf.save(file)
    book = root / "book"
    book.mkdir()
    (book / "one.md").write_text("---\nname: One\n---\n", "utf-8")
    (root / "secret.md").write_text("not the book's", "utf-8")
    listening = listen(0)
    number = int(listening.getsockname()[1])
    with showing(listening, Setting(root=root, folders=(book,))) as link:
        link.tell(NewPages(name="email", file=link.keep(file), prints=[PRINT], indexes={PRINT: 0}, pieces=[]))
        places = [Place(file="book/one.md", line=2), Place(file="../secret.md", line=1)]
        findings = [error("key-unknown", place, "is <b>no</b> known key.", "Mend it.") for place in places]
        link.tell(Outcome(title="One", withheld=False, findings=findings, rows=[], written={}))
        wait_until(lambda: told_by(f"http://127.0.0.1:{number}/")["state"]["outcome"])
        yield number


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes]:
    """The status and the content of an answer; a header's name is written with underscores."""
    status, content, _ = ask_whole(port, path, method, **headers)
    return status, content


def ask_whole(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    got = answer.status, answer.read(), dict(answer.getheaders())
    connection.close()
    return got


def test_a_page_is_drawn_at_the_width_that_is_asked_for_and_kept(port: int) -> None:
    status, content, headers = ask_whole(port, f"/page/email/{PRINT[:20]}/300")
    assert status == 200
    assert content[:3] == b"\xff\xd8\xff"
    assert "immutable" in headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "/page/email/" + "b" * 20 + "/300",
        "/page/press/" + PRINT[:20] + "/300",
        "/page/email/../../secret.md",
        "/../secret.md",
        "/..%2fsecret.md",
        "/%2e%2e/secret.md",
        "//etc/passwd",
        "/browser/../shown.py",
        "/browser/view",
        "/browser/view.js.",
        "/browser/",
        "/preview.js",
        "/shown.py",
        "/face/../400",
        "/face/700",
        "/at/email/1/1e9/..",
        "/at/email/1/1.1.1/2",
        "/mark/99",
        "/open/0",
        "/events?file=/etc/passwd",
    ],
)
def test_what_is_no_route_is_not_there(port: int, path: str) -> None:
    assert ask(port, path)[0] == 404


def test_widths_and_numbers_beyond_all_bounds_are_answered(port: int) -> None:
    assert ask(port, f"/page/email/{PRINT[:20]}/99999999999999999999")[0] == 200
    assert ask(port, f"/page/email/{PRINT[:20]}/0")[0] == 200
    assert ask(port, "/at/email/99999999999999999999/1/1") == (200, b"{}")
    assert ask(port, "/passages/email/0") == (200, b"[]")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example.org"},
        {"Host": "evil.example.org:{port}"},
        {"Host": "127.0.0.1:1"},
        {"Host": "127.0.0.1"},
        {"Origin": "http://evil.example.org"},
        {"Origin": "null"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_request_of_another_page_is_refused(port: int, headers: dict[str, str]) -> None:
    told = {name: value.format(port=port) for name, value in headers.items()}
    for path in ("/", "/preview.css", "/events", f"/page/email/{PRINT[:20]}/300"):
        assert ask(port, path, **told)[0] == 403
    assert ask(port, "/open/0", "POST", **told)[0] == 403


def test_its_own_page_may_ask_by_either_name(port: int) -> None:
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{port}"
        assert ask(port, "/", Host=host, Origin=f"http://{host}")[0] == 200


def test_a_post_needs_an_origin_and_other_methods_are_unknown(port: int) -> None:
    assert ask(port, "/open/0", "POST")[0] == 403
    own = {"Origin": f"http://127.0.0.1:{port}"}
    assert ask(port, "/open/0", "POST", **own)[0] == 404  # no editor is set
    assert ask(port, "/", "POST", **own)[0] == 404
    for method in ("PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE"):
        assert ask(port, "/", method, **own)[0] == 501


def test_nothing_of_elsewhere_may_run_and_what_is_told_is_text(port: int) -> None:
    headers = ask_whole(port, "/")[2]
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    for name in ("/", "/house.css", "/preview.css", *SCRIPTS, "/icon.svg"):
        content = ask(port, name)[1].replace(b"http://www.w3.org/2000/svg", b"")
        assert b"http:" not in content
        assert b"https:" not in content
    assert "is &lt;b&gt;no&lt;/b&gt; known key." in told_by(f"http://127.0.0.1:{port}/")["panels"]["findings"]


def test_every_script_is_served_and_nothing_else_that_lies_there(port: int) -> None:
    folder = ROOT / "src" / "directory_pub" / "preview" / "browser"
    assert sorted(SCRIPTS) == sorted(f"/browser/{file.name}" for file in folder.iterdir())
    for name in SCRIPTS:
        status, content, headers = ask_whole(port, name)
        assert (status, headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
        assert content == (folder / name.rpartition("/")[2]).read_bytes()
    page = ask(port, "/")[1].decode()
    assert re.findall(r"\"(/browser/[^\"]+)\"", page) == SCRIPTS  # what a script imports is on its way before it is read
    for file in folder.parent.iterdir():
        if file.suffix in (".py", ".j2"):
            assert ask(port, f"/{file.name}")[0] == ask(port, f"/browser/{file.name}")[0] == 404


def test_a_script_imports_only_from_those_before_it() -> None:
    folder = ROOT / "src" / "directory_pub" / "preview" / "browser"
    for at, name in enumerate(BROWSER_MODULES):
        script = (folder / f"{name}.js").read_text("utf-8")
        imported = re.findall(r"^import .* from \"\./(\w+)\.js\";$", script, re.MULTILINE)
        assert len(imported) == len(re.findall(r"\bimport\b", script)), f"{name}.js imports in another way"
        assert {*imported} <= {*BROWSER_MODULES[:at]}, f"{name}.js imports from one that stands after it"


def test_nobody_else_on_the_network_can_come_to_it(port: int) -> None:
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in others or {"127.0.0.2"}:
        with socket.socket() as trying:
            trying.settimeout(5)
            assert trying.connect_ex((str(address), port)) != 0


# -------------------------------------------------------------------- the command
def test_a_port_that_is_taken_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = write_edition(tmp_path, {"one": ""})
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        told = run("preview", edition, "--port", number)
    assert told.exit_code == 2
    assert told.stderr.splitlines()[0] == f"directory-pub: port {number} cannot be had: address already in use."
    assert not (tmp_path / "build").exists()


@pytest.mark.slow
def test_ctrl_c_ends_it_and_leaves_nothing_behind(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "project", {"one": ""})
    with previewing(edition, tmp_path) as running:
        port = int(running.url.rstrip("/").rpartition(":")[2])
        running.wait_for_build()
        assert ask(port, "/")[0] == 200
        assert running.interrupt() == 130
        assert "Traceback" not in running.said
    with socket.socket() as trying:
        assert trying.connect_ex(("127.0.0.1", port)) != 0
    assert list((tmp_path / "tmp").iterdir()) == []


def test_an_edition_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    told = run("preview", tmp_path / "nowhere")
    assert told.exit_code == 2
    assert "nowhere is no folder" in told.stderr


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("editor: code -g", "editor: does not say where the file's name belongs."),
        ("editor: vi {path}", "editor: has {path}, which is not known."),
        ("editor: \"vi '{file}\"", "editor: cannot be read: no closing quotation."),
        ("editor: no-such-program-here {file}", "editor: names 'no-such-program-here', which is no program here."),
        ("editr: vi {file}", "editr: is no known key."),
        ("editor: [", "error[yaml-syntax]"),
    ],
)
def test_settings_that_cannot_be_used_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, told: str
) -> None:
    edition = write_edition(tmp_path, {"one": ""})
    settings = tmp_path / "config" / "directory-pub" / "settings.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text(written + "\n", "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    said = run("preview", edition, "--port", "0")
    assert said.exit_code == 2
    assert told in said.stderr
    assert str(settings) in said.stderr


def test_the_command_as_documented_is_read_as_an_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from directory_pub.preview.editor import read_editor

    program = tmp_path / "bin" / "code"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    settings = tmp_path / "settings.yaml"
    settings.write_text("editor: code -g {file}:{line}\n", "utf-8")
    editor, findings = read_editor(settings)
    assert findings == []
    assert editor is not None
    assert editor.words == ("code", "-g", "{file}:{line}")


def test_help_does_not_wait_for_the_engine() -> None:
    seen = "import sys; sys.argv[1:] = ['preview', '--help']\nfrom directory_pub.commands.main import main\ntry: main()\nfinally: print('weasyprint' in sys.modules, 'jinja2' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", seen], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert told.stdout.splitlines()[-1] == "False False", told.stderr


def test_the_report_that_is_sent_is_one_page_that_fetches_nothing(tmp_path: Path) -> None:
    edition = write_edition(tmp_path, {"one": 'queries: [{at: Text, query: "Is it <all>?"}]', "two": "name: Two & more"})
    report = tmp_path / "report.html"
    run("build", edition, "--output", tmp_path / "build", "--html", report)
    text = report.read_text("utf-8")
    assert "Is it &lt;all&gt;?" in text
    assert "Two &amp; more" in text
    for word in ("<script", "http:", "https:", "src=", "<link"):
        assert word not in text
    assert re.findall(r"url\(\"(.{10})", text) == ["data:font/", "data:font/"]


def test_a_report_is_never_written_over_another_file(tmp_path: Path) -> None:
    edition = write_edition(tmp_path, {"one": ""})
    told = run("build", edition, "--html", edition / "edition.yaml")
    assert told.exit_code == 2
    assert "is there already, and no .html file" in told.stderr
