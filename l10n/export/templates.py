"""Templates: the built-in ones, and a project's own before them. The only importer of Jinja2."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from l10n.errors import ArticleError
from l10n.language import gettext as _


def render_template(template: str, /, *, templates: Path | None = None, **values: Any) -> str:
    """Render a template with everything escaped; raises ArticleError naming template and line."""
    try:
        return _environment(templates).get_template(template).render(**values)
    except jinja2.TemplateSyntaxError as error:
        raise ArticleError(
            error.message or str(error), path=error.filename or template, line=error.lineno
        ) from error
    except jinja2.TemplateError as error:
        raise ArticleError(
            _("template {name}: {error}").format(name=template, error=error.message),
            path=templates / template if templates else None,
        ) from error


def read_template(name: str, *, templates: Path | None = None) -> str:
    """Give the source of a template or stylesheet as it is."""
    environment = _environment(templates)
    if environment.loader is None:
        raise ArticleError(_("no templates"), path=name)
    return environment.loader.get_source(environment, name)[0]


@cache
def _environment(templates: Path | None) -> jinja2.Environment:
    loaders: list[jinja2.BaseLoader] = [jinja2.PackageLoader("l10n", "templates")]
    if templates is not None:
        loaders.insert(0, jinja2.FileSystemLoader(templates))
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
