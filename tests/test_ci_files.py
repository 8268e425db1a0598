"""The files by which GitHub, GitLab and pre-commit run policytool: valid by their schemas, and true when run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from policytool.cli import run
from tests.history import Git

ROOT = Path(__file__).parent.parent
WORKFLOWS = (".github/workflows/policies.yml", ".github/workflows/reviews.yml")
GITLAB = ".gitlab-ci.yml"
POLICY = "source/visitors.md"


@pytest.fixture
def laid_out(tmp_path: Path) -> Git:
    """A new repository, everything in it committed."""
    folder = tmp_path / "policies"
    assert run(["init", str(folder)]) == 0
    made = Git(folder)
    made.commit({})
    return made


def clone(repository: Git) -> Path:
    """A scratch clone, as a CI server makes it, with its whole history."""
    scratch = repository.root.parent / "clone"
    shutil.rmtree(scratch, ignore_errors=True)
    repository.git("clone", "--quiet", repository.root.as_uri(), str(scratch))
    return scratch


def loaded(path: Path) -> dict[str, Any]:
    """A YAML file; `on` is a word there, and not true."""
    read: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - it makes nothing but text
    return read


def commands(folder: Path, path: str, job: str) -> Iterator[str]:
    """The shell commands of a job that call policytool, in order."""
    described = loaded(folder / path)
    if path == GITLAB:
        yield from (line for line in described[job]["script"] if "policytool" in line)
    else:
        steps = described["jobs"][job]["steps"]
        yield from (step["run"] for step in steps if re.search(r"^ *policytool", step.get("run", ""), re.MULTILINE))


def carried_out(folder: Path, path: str, job: str) -> list[int]:
    """The exit code of each command of a job up to the first that fails, as a CI server's shell runs them."""
    codes: list[int] = []
    bin_folder = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}
    for command in commands(folder, path, job):
        done = subprocess.run(
            ["bash", "-e", "-c", command], cwd=folder, env=environment, check=False, capture_output=True, text=True
        )
        codes.append(done.returncode)
        assert "Traceback" not in done.stderr
        if done.returncode:
            break
    return codes


JOBS = [(WORKFLOWS[0], "check"), (GITLAB, "check")]
DAILY = [(WORKFLOWS[1], "register"), (GITLAB, "register")]


@pytest.mark.parametrize(
    ("schema", "path"), [*(("github-workflows", path) for path in WORKFLOWS), ("gitlab-ci", GITLAB)]
)
def test_the_files_are_valid_by_the_published_schemas(laid_out: Git, schema: str, path: str) -> None:
    """Those that check-jsonschema carries; nothing is fetched."""
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(laid_out.root / path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 0, checked.stdout


def test_the_whole_history_is_fetched(laid_out: Git) -> None:
    """In a shallow clone nobody can tell whether a record was altered."""
    for path in WORKFLOWS:
        for job in loaded(laid_out.root / path)["jobs"].values():
            assert job["steps"][0]["with"]["fetch-depth"] == "0"
    assert loaded(laid_out.root / GITLAB)["variables"]["GIT_DEPTH"] == "0"


def test_a_push_asks_no_clock(laid_out: Git) -> None:
    """What looks at the date runs on a schedule alone."""
    assert loaded(laid_out.root / WORKFLOWS[0])["on"] == ["push", "pull_request"]
    assert sorted(loaded(laid_out.root / WORKFLOWS[1])["on"]) == ["schedule", "workflow_dispatch"]
    for path, job in JOBS:
        assert all(command.startswith("policytool check") for command in commands(laid_out.root, path, job))
    for job in ("register", "remind"):
        [rule] = loaded(laid_out.root / GITLAB)[job]["rules"]
        assert rule["if"].startswith('$CI_PIPELINE_SOURCE == "schedule"')


def test_only_the_job_that_keeps_the_ledger_may_write_and_knows_secrets(laid_out: Git) -> None:
    """And two of it never run at once."""
    files = [loaded(laid_out.root / path) for path in WORKFLOWS]
    assert all(described["permissions"] == {"contents": "read"} for described in files)
    jobs = {name: job for described in files for name, job in described["jobs"].items()}
    assert [name for name, job in jobs.items() if "permissions" in job] == ["remind"]
    assert [name for name, job in jobs.items() if "secrets." in str(job)] == ["remind"]
    assert jobs["remind"]["concurrency"] == {"group": "policytool-remind", "cancel-in-progress": "false"}
    assert jobs["remind"]["if"] == "vars.POLICYTOOL_REMIND == 'true'"


@pytest.mark.parametrize(("path", "job"), JOBS)
def test_a_push_is_green_until_there_is_a_mistake(laid_out: Git, path: str, job: str) -> None:
    """In a scratch clone, by the very commands of the file."""
    assert carried_out(clone(laid_out), path, job) == [0]
    source = (laid_out.root / POLICY).read_text("utf-8")
    laid_out.commit({POLICY: source.replace("(#sign-in)", "(#sing-in)")})
    assert carried_out(clone(laid_out), path, job) == [1]


@pytest.mark.parametrize(("path", "job"), DAILY)
def test_the_schedule_is_green_for_a_review_that_was_never_held(laid_out: Git, path: str, job: str) -> None:
    """A new repository does not begin in red, and the report is written."""
    scratch = clone(laid_out)
    assert carried_out(scratch, path, job) == [0, 0]
    assert b"<testsuites" in (scratch / "build" / "reviews.xml").read_bytes()


@pytest.mark.parametrize(("path", "job"), DAILY)
def test_the_schedule_is_red_for_an_overdue_review_and_a_push_is_not(laid_out: Git, path: str, job: str) -> None:
    """The report is there all the same, and whoever changes something else is not held up."""
    said = ["--held", "2020-01-10", "--by", "headteacher", "--outcome", "approved"]
    assert run(["--root", str(laid_out.root), "record", "visitors", "annual", *said]) == 0
    laid_out.commit({})
    scratch = clone(laid_out)
    assert carried_out(scratch, path, job) == [0, 1]
    assert b"<failure" in (scratch / "build" / "reviews.xml").read_bytes()
    assert [carried_out(scratch, *pushed) for pushed in JOBS] == [[0], [0]]


def kept(scratch: Path, ledger: str) -> None:
    """Runs the step that keeps the ledger, with this in it."""
    path = scratch / "reviews" / "reminders.jsonl"
    path.write_text(ledger, "utf-8")
    [step] = [
        one for one in loaded(scratch / WORKFLOWS[1])["jobs"]["remind"]["steps"] if "git push" in one.get("run", "")
    ]
    assert step["if"].startswith("always()")
    subprocess.run(["bash", "-e", "-c", step["run"]], cwd=scratch, check=True, capture_output=True)


def test_the_ledger_is_committed_and_pushed_even_where_somebody_was_quicker(laid_out: Git) -> None:
    """Once a line; nothing where nothing was sent."""
    origin = laid_out.root.parent / "origin"
    laid_out.git("clone", "--quiet", "--bare", str(laid_out.root), str(origin))
    laid_out.git("remote", "add", "origin", str(origin))
    hosted = Git(origin)
    scratch = clone(hosted)
    kept(scratch, "one\n")
    laid_out.git("pull", "--quiet", "origin", "main")
    laid_out.commit({"README.md": "somebody else"})
    laid_out.git("push", "--quiet", "origin", "main")
    for _ in range(2):
        kept(scratch, "one\ntwo\n")
    assert hosted.git("show", "main:reviews/reminders.jsonl") == "one\ntwo"
    assert hosted.git("show", "main:README.md") == "somebody else"
    assert hosted.git("log", "--format=%s", "main").splitlines()[:3] == [
        "Keep the ledger of reminders",
        "Change",
        "Keep the ledger of reminders",
    ]


def test_every_script_can_be_read_by_a_shell(laid_out: Git) -> None:
    """Those that no test can run too: they want a server, or GitLab."""
    described = [loaded(laid_out.root / path) for path in WORKFLOWS]
    steps = [step for one in described for job in one["jobs"].values() for step in job["steps"]]
    gitlab = [job for job in loaded(laid_out.root / GITLAB).values() if isinstance(job, dict)]
    scripts = [step["run"] for step in steps if "run" in step] + [
        line for job in gitlab for line in job.get("script", ())
    ]
    assert len(scripts) >= 10
    for script in scripts:
        subprocess.run(["bash", "-n", "-c", re.sub(r"\$\{\{.*?\}\}", "", script)], check=True)


def test_the_hook_checks_when_something_it_reads_changes() -> None:
    """Sources, settings and records; and not what is built of them."""
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["entry"], hook["pass_filenames"]) == ("policytool-check", "policytool check", False)
    read = ("source/a.md", "source/staff/a.md", "policytool.yaml", "reviews/a/2023-09-14-annual.yaml")
    assert all(re.search(hook["files"], path) for path in read)
    assert not any(re.search(hook["files"], path) for path in ("build/a.html", "README.md", "docs/policytool.yaml"))
