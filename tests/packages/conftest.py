"""The packages that were built, each installed once for the tests of a module."""

import os
import shutil
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


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = _made("tar", tmp_path_factory.mktemp("pristine"))
    assert isinstance(made, Tar)
    made.unpack()
    return made.top


@pytest.fixture
def unpacked(pristine: Path, tmp_path: Path) -> Path:
    """The unpacked archive. A test that damages a file puts another in its place: all copies share their files."""
    return Path(shutil.copytree(pristine, tmp_path / "copy", symlinks=True, copy_function=os.link))
