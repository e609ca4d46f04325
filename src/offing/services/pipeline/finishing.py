"""What a run does last, when nothing is due any more: promotion, and pruning by the site's rules of retention."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from offing.config.files.layers import Layers
from offing.config.sites.records import load_promoter
from offing.config.sites.retention import load_retention
from offing.errors import UsageError
from offing.model.operation.run import Tally
from offing.services.records.promote import Promoted, promote_accepted
from offing.services.running.pieces import GoOn
from offing.services.running.prune import Pruning, apply_retention, over_budget
from offing.services.running.retrying import Patience
from offing.services.running.run_context import utc_now
from offing.store.database.engine import Database


@dataclass(frozen=True, slots=True)
class Finish:
    """Where a run finishes, and with what: its id, tally and patience, and whether to begin another piece of work."""

    database: Database
    layers: Layers
    run_id: int
    tally: Tally
    patience: Patience
    go_on: GoOn

    async def promote(self, pipeline: str) -> None:
        """Turn accepted candidates into records, and count them."""

        def count(each: Promoted) -> None:
            self.tally.made["projects"] += 1
            if each.warning:
                self.tally.notices.append(f"{each.project_id} was promoted, though {each.warning}")

        promoter = replace(load_promoter(self.layers, f"pipeline {pipeline}"), pipeline=True)
        await self.patience.aside(partial(promote_accepted, self.database, utc_now(), promoter, count, self.go_on))

    async def prune(self) -> None:
        """Delete what `retention.toml` lets go, and count its rows; say so if contents of pages stay over budget."""
        retention = load_retention(self.layers)
        if not retention:
            return
        pruning = Pruning(self.run_id, utc_now(), self.go_on)
        try:
            await self.patience.aside(partial(apply_retention, self.database, retention, pruning))
        except UsageError as error:  # of the archive alone: the run itself is done
            self.tally.notices.append(f"nothing was pruned, since {error}")
        finally:
            self.tally.made["pages archived"] += pruning.archived
            self.tally.made["rows pruned"] += pruning.counts.total()
        if pruning.over and retention.budget:
            self.tally.notices.append(over_budget(pruning.over, retention.budget))
