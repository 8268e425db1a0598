"""The name of an organisation -> the files that a new repository begins with."""

from __future__ import annotations

from importlib.resources import files

from policytool.model.artifact import Artifact
from policytool.render.markdown.fields import scalar

# What is laid out, by the name of the file that the package carries.
LAID_OUT = {
    "policytool.yaml": "policytool.yaml",
    "source/visitors.md": "source/visitors.md",
    "reviews/README.md": "reviews/README.md",
    "build/README.md": "build/README.md",
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "github/policies.yml": ".github/workflows/policies.yml",
    "github/reviews.yml": ".github/workflows/reviews.yml",
    "gitlab/gitlab-ci.yml": ".gitlab-ci.yml",
}


def starter(organisation: str) -> tuple[Artifact, ...]:
    """Settings, a starter policy, notes, what git ignores, and what GitHub and GitLab run."""
    folder = files("policytool").joinpath("starter")
    return tuple(
        Artifact(path, _filled(folder.joinpath(name).read_text("utf-8"), organisation))
        for name, path in LAID_OUT.items()
    )


def _filled(text: str, organisation: str) -> bytes:
    return text.replace("@NAME@", scalar(organisation)).encode()
