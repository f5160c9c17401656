"""Runs the mailbox: `python -m doorpakken_local.mailbox FOLDER SMTP_PORT PAGE_PORT`."""

import asyncio
import sys
from pathlib import Path

import uvicorn

from doorpakken_local.mailbox.mails import Mails
from doorpakken_local.mailbox.sink import listen
from doorpakken_local.mailbox.web import create_app
from doorpakken_local.ports import LOOPBACK


async def serve(folder: Path, smtp_port: int, page_port: int) -> None:
    mails = Mails(folder)
    async with await listen(mails, smtp_port):
        config = uvicorn.Config(
            create_app(mails), LOOPBACK, page_port, log_level="warning", access_log=False
        )
        await uvicorn.Server(config).serve()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
