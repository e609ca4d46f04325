"""Pipelines: `pipelines/*.toml` declare steps, feeds, schedule and limits; no code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from offing.config.files.documents import Strict, instead, line_of, read_document, validate
from offing.config.sites.schedule import check_schedule
from offing.errors import ConfigError, UnknownItem
from offing.model.sources.policy import PipelineSpec
from offing.model.values.vocabulary import MACHINE_VERBS, Verb
from offing.shipped import shipped

_BEGIN = datetime(2000, 1, 1, tzinfo=UTC)  # fixed, so that validity does not depend on the current time


class _Limits(Strict):
    max_minutes: int = Field(default=0, ge=0, le=24 * 60)
    concurrency: int = Field(default=200, ge=1, le=500)
    pages_per_feed: int = Field(default=0, ge=0)
    pages_per_outlet: int = Field(default=0, ge=0)


class _Shape(Strict):
    description: str
    steps: list[str] = Field(min_length=1)
    schedule: str
    timezone: str = "UTC"
    groups: tuple[str, ...] = ()
    prune: bool = False
    limits: _Limits = _Limits()


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A group that a pipeline names, and where; `polls`: whether the pipeline polls at all."""

    name: str
    path: Path
    line: int | None
    polls: bool


def load_pipelines(site: Path | None = None) -> dict[str, PipelineSpec]:
    """Return all pipelines by name; a file of the site's own folder replaces the shipped one of the same name.

    Args:
        site: the site's `pipelines` folder, if there is one.

    Raises:
        ConfigError: names file, line and key.
    """
    return {name: _pipeline(name, path) for name, path in _files(site).items()}


def check_groups(site: Path | None, catalogue: Collection[str], watched: Callable[[], Collection[str]]) -> None:
    """Check the groups that pipelines name against those of feeds: with an unknown one, nothing would ever be polled.

    Args:
        site: the site's `pipelines` folder, if there is one.
        catalogue: the groups of the catalogue.
        watched: returns those of the feeds on the list; called only if one is not in the catalogue.

    Raises:
        ConfigError: names file and line of a group that no feed has.
    """
    for each in named_groups(site):
        if each.name not in catalogue and each.name not in (known := {*catalogue, *watched()}):
            message = f"{each.name!r} is the group of no feed; {instead(each.name, known)}"
            raise ConfigError(message, each.path, each.line, "groups")


def named_groups(site: Path | None) -> Iterator[NamedGroup]:
    """Yield the groups that pipelines name, each with its place.

    Raises:
        ConfigError: a file is invalid.
    """
    for path in _files(site).values():
        shape = validate(read_document(path), _Shape, path)
        for number, group in enumerate(shape.groups):
            yield NamedGroup(group, path, line_of(path, ["groups", str(number)]), Verb.POLL in shape.steps)


def _files(site: Path | None) -> dict[str, Path]:
    """Return the files by pipeline name."""
    if site and site.is_dir():
        for path in sorted(site.iterdir()):
            if path.suffix != ".toml" and not path.name.startswith(("README", ".")):
                raise ConfigError("nothing reads this; a pipeline is a file NAME.toml", path)
    folders = [shipped("pipelines"), *([site] if site and site.is_dir() else [])]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def choose(pipelines: dict[str, PipelineSpec], name: str) -> PipelineSpec:
    """Return the pipeline with a name.

    Raises:
        UnknownItem: there is none.
    """
    if name not in pipelines:
        raise UnknownItem(f"there is no pipeline {name!r}; there are {', '.join(sorted(pipelines))}")
    return pipelines[name]


def _pipeline(name: str, path: Path) -> PipelineSpec:
    shape = validate(read_document(path), _Shape, path)
    _check_steps(shape.steps, path)
    _check_schedule(shape, path)
    return PipelineSpec(
        name=name,
        description=shape.description,
        steps=tuple(shape.steps),
        schedule=shape.schedule,
        timezone=shape.timezone,
        groups=shape.groups,
        max_minutes=shape.limits.max_minutes,
        concurrency=shape.limits.concurrency,
        pages_per_feed=shape.limits.pages_per_feed,
        pages_per_outlet=shape.limits.pages_per_outlet,
        prune=shape.prune,
    )


def _check_steps(steps: list[str], path: Path) -> None:
    allowed = [*MACHINE_VERBS, Verb.PROMOTE]
    for step in steps:
        if step not in allowed:
            raise ConfigError(
                f"{step!r} is not a step; steps are {', '.join(allowed)}", path, line_of(path, ["steps"]), "steps"
            )
    if len(set(steps)) < len(steps):
        raise ConfigError("a step is listed twice", path, line_of(path, ["steps"]), "steps")
    if steps != sorted(steps, key=[str(verb) for verb in allowed].index):
        raise ConfigError(f"steps must be in the order {', '.join(allowed)}", path, line_of(path, ["steps"]), "steps")


def _check_schedule(shape: _Shape, path: Path) -> None:
    try:
        zone = ZoneInfo(shape.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            f"{shape.timezone!r} is not a time zone", path, line_of(path, ["timezone"]), "timezone"
        ) from error
    try:
        check_schedule(shape.schedule, zone, _BEGIN)
    except ValueError as error:
        raise ConfigError(f"is not a cron schedule: {error}", path, line_of(path, ["schedule"]), "schedule") from error
