"""Where a site may be written, and where never.

Nothing is written here. The folder itself is judged; what lies in it is judged by `manifest`.
"""

from __future__ import annotations

from pathlib import Path

from briefgen.publish.refusal import Refusal

_OWN = ("content", "templates", "briefgen", ".briefgen", ".git")


def checked_output(project: Path, output: Path) -> Path:
    """The output folder as an absolute path, if a site may be written there; else Refusal with the reason.

    A path given with links in its parents is resolved; the folder itself may not be a link.
    """
    if output.is_symlink():
        raise Refusal(f"{output} is a link. Name the folder that it leads to.")
    folder, root = output.resolve(), project.resolve()
    reason = _reason_against(folder, root)
    if reason:
        raise Refusal(f"{output} cannot be the output folder: {reason}. Choose another with --output.")
    return folder


def _reason_against(folder: Path, project: Path) -> str:
    if folder == Path(folder.anchor):
        return "it is the root of the file system"
    if _same(folder, Path.home()):
        return "it is your home folder"
    if _same(folder, project):
        return "it is the project itself"
    if _inside(project, folder):
        return "the project lies inside it"
    for name in _OWN:
        if _inside(folder, project / name):
            return f"{name}/ is the project's own"
    if _inside(folder, Path(__file__).resolve().parent.parent):
        return "it belongs to the program"
    if folder.exists() and not folder.is_dir():
        return "it is a file"
    return "it is the top of a git repository" if (folder / ".git").exists() else ""


def _inside(folder: Path, top: Path) -> bool:
    return any(_same(part, top) for part in (folder, *folder.parents))


def _same(one: Path, other: Path) -> bool:
    # By what the paths lead to, so that "Content" is content/ where the file system ignores case.
    return one == other or (one.exists() and other.exists() and one.samefile(other))
