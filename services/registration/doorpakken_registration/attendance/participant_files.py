"""The list of participants as a file: CSV, or XLSX for spreadsheets. Each cell is text; none is
read as a formula, whatever people typed as their name. Private details are in neither."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

FIELDS = ("name", "email", "phone", "kind", "organisation", "state", "registered_at")
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# By this mark spreadsheets know the encoding.
MARK = "\ufeff"


async def csv_lines(head: Sequence[str], rows: AsyncIterator[Sequence[str]]) -> AsyncIterator[str]:
    """One line at a time, with semicolons as Dutch spreadsheets expect."""
    yield MARK + _line(head)
    async for row in rows:
        yield _line([harmless(cell) for cell in row])


async def xlsx_of(head: Sequence[str], rows: AsyncIterator[Sequence[str]]) -> bytes:
    """Written row by row: only the packed file is held in memory."""
    file = io.BytesIO()
    book = Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet()
    _put(sheet, 0, head)
    number = 0
    async for row in rows:
        number += 1
        _put(sheet, number, row)
    await asyncio.to_thread(book.close)
    return file.getvalue()


def harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerow(cells)
    return text.getvalue()


def _put(sheet: Worksheet, number: int, cells: Sequence[str]) -> None:
    for column, cell in enumerate(cells):
        sheet.write_string(number, column, cell)
