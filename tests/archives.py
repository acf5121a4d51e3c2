"""A small archive, and what a build makes of it."""

from __future__ import annotations

from pathlib import Path

PARAGRAPHS = (
    "El puerto abre a las {n} de la mañana.",
    'La lonja queda <a href="/lonja">junto al muelle {n}</a>, y no cierra.',
    "El aviso de siempre, en todas las páginas.",
)
TRANSLATION = (
    "The port opens at {n} in the morning.",
    'The market is <a href="/lonja">beside quay {n}</a> and does not close.',
    "The usual notice, on every page.",
)


def page(locale: str, paragraphs: tuple[str, ...], n: int) -> str:
    body = "".join(f"<p>{paragraph.format(n=n)}</p>" for paragraph in paragraphs)
    return f'<!DOCTYPE html><html lang="{locale}"><title>{n}</title><body>{body}</body></html>'


def small_archive(root: Path) -> Path:
    """Write a project of twelve articles, a third of which people have translated, and return its folder."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "l10n.toml").write_text('engines = ["pseudo"]\n[check]\nrules = {}\n')
    for n in range(1, 13):
        article = root / f"locales/es/articles/p{n:02}.html"
        article.parent.mkdir(parents=True, exist_ok=True)
        article.write_text(page("es", PARAGRAPHS, n))
        if n % 3 == 0:
            translation = root / f"locales/en/articles/p{n:02}.html"
            translation.parent.mkdir(parents=True, exist_ok=True)
            translation.write_text(page("en", TRANSLATION, n))
    articles = root / "locales/es/articles"
    (articles / "img").mkdir()
    (articles / "img/barco.png").write_bytes(b"a boat")
    (articles / "img/vela.png").write_bytes(b"a sail")
    (articles / "estilo.css").write_text("p { background: url(img/vela.png) }")
    (articles / "mar.html").write_text(
        '<html lang="es"><link rel="stylesheet" href="estilo.css"><p>El mar. <img src="img/barco.png">'
        '<a href="p02.html">El dos.</a> <a href="nada.png">Nada.</a></p></html>'
    )
    (articles / "faro.md").write_text(
        "# El faro\n\nUn [barco](img/barco.png) y el [dos](p02.html).\n"
    )
    (root / "templates").mkdir()
    (root / "templates/article.html").write_text(
        "<html><body class=own><h1>{{ page.title }}</h1></body></html>"
    )
    (root / "locales/glossary.csv").write_text(
        "source_locale,source_term,target_locale,target_term,note,forbidden\n"
        "es,lonja,en,fish market,,\n"
    )
    return root


def state(root: Path) -> dict[str, bytes]:
    """Return the catalogs, pages and reports of a project, dates aside."""
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.suffix in {".po", ".html", ".xml", ".json"}
    }
    for name, content in files.items():
        if name.endswith(".po"):
            files[name] = b"\n".join(
                line for line in content.split(b"\n") if b"-Date:" not in line
            )
    return files
