"""The command line: what it prints, and the code that it leaves with."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import directory_pub.build
from directory_pub import __version__
from directory_pub.build import BuildResult
from directory_pub.commands.console import print_findings
from directory_pub.commands.main import main
from directory_pub.edition.targets import EMAIL, PRESS
from directory_pub.findings import Finding, Place, Report, error, note, warning
from program import run

HERE = Place(file="content/x/e.md", line=7, field="name")
LOST = error("words-lost", HERE, "2 words [b]lost[/b].", "Look at it.")
ASKED = note("query", HERE, "Sure?", "Ask.")
STALE = warning("query-stale", HERE, "Stale.", "Mend it.")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An edition's folder in a working folder of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "edition.yaml").write_text("key: x\n")
    return tmp_path / "book"


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[dict[str, Any]]]:
    """Puts a build that finds what it is told to in the place of the real one, and keeps how it was called."""

    def put(
        *findings: Finding, raises: BaseException | None = None, given_up: str | None = None
    ) -> list[dict[str, Any]]:
        calls: list[dict[str, Any]] = []

        def build_edition(edition: Path, output: Path, **options: Any) -> BuildResult:
            calls.append({"edition": edition, "output": output, **options})
            if raises:
                raise raises
            for step in ("read", "write"):
                options["tell"](step)
            result = BuildResult(report=Report(list(findings)), strict=options["strict"], given_up=given_up)
            names = ["PROOF"] if result.failed else [target.name for target in options["targets"]]
            for name in names:
                result.files[name] = output / f"x-{name}.pdf"
                output.mkdir(exist_ok=True, parents=True)
                result.files[name].write_bytes(b"pdf")
            return result

        monkeypatch.setattr(directory_pub.build, "build_edition", build_edition)
        return calls

    return put


# -------------------------------------------------------------------- help and usage
def test_help_and_version_leave_with_0() -> None:
    for arguments in (["--help"], ["build", "--help"]):
        assert (run(*arguments).exit_code, "edition" in run(*arguments).stdout.lower()) == (0, True)
    assert (run("--version").exit_code, run("--version").stdout) == (0, f"directory-pub {__version__}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bild"],
        ["build", "--nothing"],
        ["build", "book", "--target", "radio"],
        ["build", "nowhere"],
        ["build", "book", "more"],
    ],
)
def test_a_command_that_cannot_be_understood_leaves_with_2(folder: Path, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_folder_without_an_edition_is_refused_in_two_lines(folder: Path) -> None:
    result = run("build", "nowhere")
    assert (result.stdout, result.stderr.count("\n")) == ("", 2)
    assert "nowhere is no folder." in result.stderr


def test_an_output_that_is_a_file_is_refused(folder: Path) -> None:
    Path("out").write_text("x")
    result = run("build", "book", "--output", "out")
    assert result.exit_code == 2
    assert "out is a file." in result.stderr


# -------------------------------------------------------------------- builds
def test_a_good_build_names_its_files_and_leaves_with_0(folder: Path, build: Any) -> None:
    calls = build()
    result = run("build", "book", "--output", "out")
    assert result.exit_code == 0
    assert "out/x-press.pdf" in result.stdout
    assert "out/x-email.pdf" in result.stdout
    assert "No findings" in result.stdout
    assert [(c["edition"], c["output"], c["targets"], c["strict"]) for c in calls] == [
        (Path("book"), Path("out"), (PRESS, EMAIL), False)
    ]


@pytest.mark.parametrize(("choice", "targets"), [("press", (PRESS,)), ("email", (EMAIL,)), ("all", (PRESS, EMAIL))])
def test_a_target_may_be_chosen(folder: Path, build: Any, choice: str, targets: tuple[object, ...]) -> None:
    calls = build()
    assert run("build", "book", "--target", choice).exit_code == 0
    assert calls[0]["targets"] == targets


@pytest.mark.parametrize(("more", "variant"), [([], None), (["--variant", "public"], "public")])
def test_a_variant_goes_to_the_build_as_it_is_named(
    folder: Path, build: Any, more: list[str], variant: str | None
) -> None:
    calls = build()
    assert run("build", "book", *more).exit_code == 0
    assert calls[0]["variant"] == variant


def test_a_size_goes_to_the_build_in_bytes_and_what_was_given_up_is_printed(folder: Path, build: Any) -> None:
    calls = build(given_up="Pictures at 120 ppi and quality 70 instead.")
    result = run("build", "book", "--max-size", "7MB")
    assert (result.exit_code, calls[0]["email_limit_bytes"]) == (0, 7_000_000)
    assert result.stdout.endswith("Pictures at 120 ppi and quality 70 instead.\n")
    assert run("build", "book").exit_code == 0
    assert calls[1]["email_limit_bytes"] is None


@pytest.mark.parametrize("size", ["7", "7mb", "7GB", "much", "0MB"])
def test_a_size_that_is_none_is_refused(folder: Path, build: Any, size: str) -> None:
    calls = build()
    result = run("build", "book", "--max-size", size)
    assert (result.exit_code, calls) == (2, [])
    assert f"'{size}' is no size." in result.stderr
    assert "B, kB, MB, KiB, MiB" in result.stderr


def test_a_size_for_a_build_without_an_email_file_is_refused(folder: Path, build: Any) -> None:
    calls = build()
    result = run("build", "book", "--target", "press", "--max-size", "7MB")
    assert (result.exit_code, calls) == (2, [])
    assert "none is made" in result.stderr


def test_an_error_withholds_the_files_and_leaves_with_1(folder: Path, build: Any) -> None:
    build(LOST)
    result = run("build", "book")
    assert result.exit_code == 1
    assert "content/x/e.md:7: error[words-lost]: name: 2 words [b]lost[/b].\n    Look at it.\n" in result.stderr
    assert "Withheld" in result.stdout
    assert "Look at build/x-PROOF.pdf." in result.stdout
    assert "1 error;" in result.stdout


def test_notes_and_warnings_deliver_unless_strict(folder: Path, build: Any) -> None:
    build(STALE, ASKED)
    mild, strict = run("build", "book"), run("build", "book", "--strict")
    assert (mild.exit_code, strict.exit_code) == (0, 1)
    assert "query-stale" in mild.stderr
    assert "note[query]: name: Sure?\n    Ask.\n" in mild.stderr
    assert "1 warning, 1 note;" in mild.stdout
    assert "note[query]" in strict.stderr


def test_errors_are_printed_before_warnings(folder: Path, build: Any) -> None:
    build(STALE, LOST)
    text = run("build", "book").stderr
    assert text.index("words-lost") < text.index("query-stale")


def test_many_notes_are_summed_up_unless_strict(folder: Path, build: Any) -> None:
    notes = [note("query", Place(file="e.md", line=line), "Sure?", "Ask.") for line in range(1, 6)]
    build(*notes, note("phone-number", HERE, "Short.", "Ask."))
    mild, strict = run("build", "book").stderr, run("build", "book", "--strict").stderr
    assert "6 notes are not shown here: 5 query, 1 phone-number." in mild
    assert "note[" not in mild
    assert strict.count("note[query]") == 5
    build(*notes)
    assert run("build", "book").stderr.count("note[query]") == 5


def test_findings_stand_file_by_file_errors_first(folder: Path, build: Any) -> None:
    other = Place(file="a.md", line=9)
    build(
        warning("query-stale", other, "A.", "Mend."),
        warning("query-stale", Place(file="b.md", line=8), "B.", "Mend."),
        error("words-lost", Place(file="b.md", line=9), "C.", "Mend."),
        error("words-lost", Place(file="b.md", line=2), "D.", "Mend."),
        warning("query-stale", Place(file="a.md", line=2), "E.", "Mend."),
    )
    lines = [line.partition(": ")[0] for line in run("build", "book").stderr.splitlines() if ".md:" in line]
    assert lines == ["b.md:2", "b.md:9", "b.md:8", "a.md:2", "a.md:9"]


def test_on_a_terminal_a_file_is_a_head_and_lines_have_its_width(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    message = "2 words [b]lost[/b] \x1b[31m of the content, which are the first and last ones."
    print_findings([error("words-lost", HERE, message, "Look at it."), STALE], strict=False)
    shown = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().err)
    assert shown == (
        "content/x/e.md\n"
        "  7: error[words-lost]: name: 2 words [b]lost[/b]\n"
        "      \\x1b[31m of the content, which are the first and last\n"
        "      ones.\n"
        "      Look at it.\n"
        "  7: warning[query-stale]: name: Stale.\n"
        "      Mend it.\n"
    )


def test_without_a_terminal_each_step_is_a_plain_line(folder: Path, build: Any) -> None:
    build()
    result = run("build", "book")
    assert result.stderr == "read …\nwrite …\n"
    assert "\x1b" not in result.stdout + result.stderr


def test_a_folder_in_brackets_is_named_as_it_is(folder: Path, build: Any) -> None:
    build(LOST)
    result = run("build", "book", "--output", "out [draft]")
    assert "all in out [draft]/report.json." in result.stdout
    assert "Look at out [draft]/x-PROOF.pdf." in result.stdout


# -------------------------------------------------------------------- json
def test_findings_go_to_a_file_as_json(folder: Path, build: Any) -> None:
    build(LOST, ASKED)
    result = run("build", "book", "--json", "deep/findings.json")
    rows = json.loads(Path("deep/findings.json").read_text("utf-8"))
    assert [(row["code"], row["line"]) for row in rows] == [("words-lost", 7), ("query", 7)]
    assert result.exit_code == 1


def test_a_dash_sends_json_and_nothing_else_to_standard_output(folder: Path, build: Any) -> None:
    build(LOST)
    result = run("build", "book", "--json", "-")
    assert [row["code"] for row in json.loads(result.stdout)] == ["words-lost"]
    assert "Withheld" in result.stderr
    build()
    assert json.loads(run("build", "book", "--json", "-").stdout) == []


# -------------------------------------------------------------------- what goes wrong
def leave(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(sys, "argv", ["directory-pub", "build", "book"])
    with pytest.raises(SystemExit) as left:
        main()
    return left.value.code


def test_an_interruption_leaves_with_130(folder: Path, build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    build(raises=KeyboardInterrupt())
    assert leave(monkeypatch) == 130


def test_a_missing_library_leaves_with_3_and_says_what_to_install(
    folder: Path, build: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(raises=OSError("cannot load library 'libpango-1.0-0': not found. Additionally, more"))
    assert leave(monkeypatch) == 3
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "cannot load library 'libpango-1.0-0'" in told
    assert "apt-get install libpango-1.0-0" in told


@pytest.mark.parametrize("problem", [ValueError("oh"), OSError("the disk is full"), RecursionError("deep")])
def test_anything_else_is_our_fault_and_leaves_with_70_and_a_traceback(
    folder: Path, build: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], problem: Exception
) -> None:
    build(raises=problem)
    assert leave(monkeypatch) == 70
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "our fault" in told


def test_findings_leave_main_with_1_and_a_good_build_with_0(
    folder: Path, build: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(LOST)
    assert leave(monkeypatch) == 1
    build()
    assert leave(monkeypatch) == 0


# -------------------------------------------------------------------- pieces
def test_how_pieces_are_set_is_passed_on(folder: Path, build: Callable[..., list[dict[str, Any]]]) -> None:
    calls = build()
    run("build", folder, "--jobs", "3")
    assert calls[0]["resources"].jobs == 3
    assert calls[0]["resources"].cache.name == "pieces"
    assert run("build", folder, "--jobs", "0").exit_code == 2


def test_kept_pieces_lie_in_the_users_cache_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch, build: Callable[..., list[dict[str, Any]]]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    calls = build()
    run("build", folder)
    assert calls[0]["resources"].cache == Path("/somewhere/directory-pub/pieces")


@pytest.mark.parametrize(("asked", "told"), [([], 0), (["--explain"], 1)])
def test_what_was_set_anew_is_named_and_explained(
    folder: Path,
    build: Callable[..., list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
    asked: list[str],
    told: int,
) -> None:
    build()
    made = directory_pub.build.build_edition

    def with_pieces(*args: Any, **options: Any) -> BuildResult:
        result = made(*args, **options)
        result.pieces_kept, result.pieces_set = ["one", "two"], {"three": "its text changed"}
        return result

    monkeypatch.setattr(directory_pub.build, "build_edition", with_pieces)
    shown = run("build", folder, *asked).output
    assert "3 pieces: 2 kept, 1 set (three)." in shown
    assert shown.count("three: set anew, for its text changed.") == told
