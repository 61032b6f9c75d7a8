"""Where a result may go: asked before a long run, and again when it is written."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from caresim.config.faults import CaresimError, show

DRAFT = ".caresim."  # begins the name of what is not whole yet, so that a draft's name is no longer than a result's


def refuse_unsuitable(out: Path, ending: str = "") -> None:
    """Say why a result cannot be the folder of that name, or what is kept until then that name with an ending.

    Raises
    ------
    CaresimError
        The folder holds something else, or cannot be written.
    """
    try:
        why = why_not(out) or why_unmade(out.with_name(out.name + ending))
    except OSError as error:
        why = why_unwritable(error, out)
    if why is not None:
        raise CaresimError(why)


def why_not(out: Path) -> str | None:
    """Say what is in the way; OSError where the system would not even tell."""
    if out.name in {"", ".."}:
        return f"{out} is no name that a result can be given; name a folder, such as {out / 'result'}"
    if os.path.expanduser(out) != str(out):
        return f"{out} begins with a ~ that was left as it is; write out the folder that it stands for"
    if leads_to_nothing(out):
        return f"{out} leads to nothing; make the folder it leads to"
    if out.exists() and not out.is_dir():
        return f"{out} is a file; name a folder"
    if os.path.ismount(out):
        return f"{out} is where a disk begins, which cannot be replaced; name a folder in it"
    if out.exists() and any(out.iterdir()) and not (out / "manifest.json").is_file():
        return f"{out} holds something that is not a caresim result"
    return None


def leads_to_nothing(path: Path) -> bool:
    """Tell whether there is a link, and not what it leads to."""
    return path.is_symlink() and not path.exists()


def why_unmade(folder: Path) -> str | None:
    """Try whether a folder can be made, in one that is made and removed beside the first that is not there yet."""
    above = next(upper for upper in folder.absolute().parents if os.path.lexists(upper))
    if leads_to_nothing(above):
        return f"{above} leads to nothing; make the folder it leads to"
    if not above.is_dir():
        return f"{above} is a file; {folder} cannot be a folder in it"
    try:
        with TemporaryDirectory(prefix=DRAFT, dir=above) as trial:
            (Path(trial) / folder.absolute().relative_to(above)).mkdir(parents=True)
    except OSError as error:
        return why_unwritable(error, folder, above)
    return None


def why_unwritable(error: OSError, out: Path, above: Path | None = None) -> str:
    """Put into words what the system says of a folder."""
    if error.errno == errno.ENAMETOOLONG:
        return f"{show(str(out))} is too long a name for a folder here; choose a shorter one"
    return f"cannot write to {above or out}: {error.strerror}"
