"""`previewnews`: what a campaign's rules would say, before any of it is said."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from dashboard.alerts import preview
from dashboard.alerts.phrases import NAMES
from dashboard.alerts.poster.paint import draw
from dashboard.alerts.poster.shapes import SHAPES
from dashboard.alerts.preview import Fit, Preview
from dashboard.alerts.templates import BadTemplate
from dashboard.alerts.wording import check
from dashboard.management.command import BoardCommand
from dashboard.store import milestones
from dashboard.store.tables import Milestone


class Command(BoardCommand):
    """Print the words of rules, and write their posters."""

    help = (
        "Print what each rule of campaign SLUG says in both languages: as it fell, on a sample and"
        " at its longest, with its length against each feed's limit. --names: the words that"
        " templates are written with."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("slug", help="the campaign")
        parser.add_argument("--key", default="", help="one rule alone")
        parser.add_argument("--out", type=Path, help="a folder for the posters, three shapes each")
        parser.add_argument("--names", action="store_true", help="print the names of templates")

    def handle(self, *args: Any, **options: Any) -> None:
        campaign = self.campaign(options["slug"])
        if options["names"]:
            self._tell(f"{{{{ {name} }}}}  {about}" for name, (about, _) in NAMES.items())
            return
        rules = milestones.rows(campaign.pk, options["key"])
        if not rules:
            raise CommandError(f"key: {campaign} has no rule {options['key']}".rstrip())
        for rule in rules:
            self._tell_rule(rule, options["out"])

    def _tell_rule(self, rule: Milestone, out: Path | None) -> None:
        self.stdout.write(f"\n{rule.key}  {rule.get_kind_display()}")
        for said in (rule.words, rule.words_zh):
            try:
                check(said)
            except BadTemplate as error:
                self.stdout.write(f"  its template is not used: {error}")
        for one in preview.of_rule(rule):
            self.stdout.write(f"  {one.case}, {one.lang}: {one.title}\n    {one.text}")
            self._tell(f"    {line}" for line in map(_against, one.fits))
            if out:
                self._draw(rule, one, out)

    def _draw(self, rule: Milestone, one: Preview, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        for shape in SHAPES:
            path = out / f"{rule.key}-{one.case}-{one.lang}-{shape}.png"
            path.write_bytes(draw(one.story, shape, one.lang))
            self.stdout.write(f"    {path}")

    def _tell(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _against(fit: Fit) -> str:
    told = f"{fit.feed}: {fit.length} of {fit.most} ({fit.count})"
    return told if fit.whole else f"{told}, cut: {fit.text}"
