"""The packages that were built, each installed once for the tests of a module."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import browser, environment, new_page, open_program
from tests.packages.package import Deb, Package, Tar

__all__ = ["browser", "environment", "new_page", "open_program"]  # fixtures
ROOT = Path(__file__).resolve().parents[2]


def newest(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)
    assert found, f"no {pattern} in {folder}: make packages"
    return found[-1]


def _made(kind: str, home: Path) -> Package:
    new, old = Path(os.environ["WIZARD_PACKAGES"]), ROOT / "build" / "older"
    if kind == "deb":
        return Deb(newest(new, "*.deb"), newest(old, "*.deb"))
    return Tar(newest(new, "*.tar.xz"), newest(old, "*.tar.xz"), home)


@pytest.fixture(scope="module", params=["deb", "tar"])
def package(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    """A package that is installed. Whatever a test finds, it is removed afterwards."""
    made = _made(request.param, tmp_path_factory.mktemp("home"))
    made.install()
    yield made
    if made.program.exists():
        made.remove()


@pytest.fixture
def program_path(package: Package) -> Path:
    return package.program


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    """A copy of the archive that a test may damage."""
    made = _made("tar", tmp_path)
    assert isinstance(made, Tar)
    made.install()
    return made.top
