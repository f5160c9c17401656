"""The text shown at the end of the demo. Names the file with the password, never the password."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from doorpakken_local.demo.counting.report import Report
from doorpakken_local.demo.counting.verdict import Line, wrong
from doorpakken_local.demo.place import Place

INVENTED = "Voorbeeld: verzonnen personen en toezeggingen"
SHOWN = {
    "attendees": "signed up",
    "checked_in": "present",
    "portraits": "portraits",
    "insights": "insights",
    "pitches": "pitches",
    "support": "support",
    "needs": "needs",
    "offers": "offers",
    "needs_with_offer": "needs with an offer",
    "people_with_wishes": "people with wishes",
    "sessions": "work sessions",
    "hosts_yes": "hosts who said yes",
    "invitations_sent": "invitations by mail",
    "invitations_on_paper": "on paper",
    "answers": "answers",
    "seats": "seats taken",
    "waitlisted": "in line",
    "left": "places given up",
    "handed_over": "places handed over",
    "mails": "mails",
}


def show(report: Report, place: Place, console: Console) -> None:
    if not report.is_right:
        show_differences(wrong(report.lines), console)
        return
    counts = {line.name: line.expected for line in report.lines}
    table = Table.grid(padding=(0, 2))
    for name, words in SHOWN.items():
        table.add_row(words, _plainly(counts[name]))
    console.print(f"\n[bold]The story, counted alike in topics, stores and pages[/] ({INVENTED})\n")
    console.print(table)
    console.print()
    for name, url in report.urls.items():
        console.print(f"  {name.replace('_', ' '):<12} {url}", soft_wrap=True)
    staff = f"{place.staff_email}, password in {place.folder.staff_password}"
    console.print(f"  {'staff':<12} {staff}\n", soft_wrap=True)


def show_differences(lines: Sequence[Line], console: Console) -> None:
    sources = list(lines[0].found)
    table = Table("count", "expected", *sources, title="What differs")
    for line in lines:
        found = (_plainly(line.found[source]) for source in sources)
        table.add_row(line.name, _plainly(line.expected), *found)
    console.print(table)


def _plainly(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict):
        return ", ".join(f"{name} {count}" for name, count in sorted(value.items()))
    return str(value)
