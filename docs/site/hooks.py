"""What MkDocs calls while it builds the site: pages of the root, links out of docs/, the script of diagrams."""

from __future__ import annotations

import re
from importlib.resources import files as resources
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[2]
OF_ROOT = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md", "SECURITY.md": "security.md"}
_LINK = re.compile(r"(\]\()([^)\s#]+)((?:#[^)\s]*)?\))")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add pages of the repository's root, Mermaid as the package `mermaidx` carries it, and the web app's sign."""
    for name, page in OF_ROOT.items():
        files.append(File.generated(config, page, abs_src_path=str(ROOT / name)))
    script = str(resources("mermaidx") / "assets/mermaid.js")
    files.append(File.generated(config, "assets/mermaid.js", abs_src_path=script))
    files.append(
        File.generated(config, "assets/offing.svg", abs_src_path=str(ROOT / "src/offing/web/static/offing.svg"))
    )
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 -- MkDocs' own
    """Lead each relative link to a page of the site where there is one, else to the repository."""
    source = Path(page.file.abs_src_path or "").resolve()

    def led(found: re.Match[str]) -> str:
        return f"{found[1]}{_target(found[2], source, page.file.src_uri, config)}{found[3]}"

    return _LINK.sub(led, markdown)


def _target(link: str, source: Path, page: str, config: MkDocsConfig) -> str:
    """Return where a link leads from a page of the site."""
    if re.match(r"[a-z]+:", link):
        return link
    target = (source.parent / link).resolve()
    name = target.relative_to(ROOT).as_posix()
    inside = OF_ROOT.get(name) or (name.removeprefix("docs/") if name.startswith("docs/") else "")
    if inside and not target.is_dir():
        return "../" * (len(PurePosixPath(page).parts) - 1) + inside
    if inside and (target / "README.md").exists():
        return "../" * (len(PurePosixPath(page).parts) - 1) + f"{inside}/README.md"
    return f"{config.extra['repository']}/blob/main/{name}"
