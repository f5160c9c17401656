"""The pages and the API of the mailbox. The HTML of a mail cannot run scripts or use the
network."""

from importlib import resources
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FunctionLoader
from starlette.status import HTTP_204_NO_CONTENT, HTTP_404_NOT_FOUND

from doorpakken_local.mailbox.mails import Mail, Mails, content_of

PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'"
# For the HTML of a mail: no scripts, no forms, no requests; links open in a new tab.
MAIL_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:"
)

router = APIRouter()


def create_app(mails: Mails) -> FastAPI:
    app = FastAPI(title="Mailbox", docs_url=None, redoc_url=None)
    app.state.mails = mails
    app.include_router(router)
    return app


@router.get("/api/mails")
def list_mails(request: Request, to: str | None = None) -> dict[str, Any]:
    return {"items": [_row(mail) for mail in _mails(request).list(to)]}


@router.delete("/api/mails", status_code=HTTP_204_NO_CONTENT)
def clear_mails(request: Request) -> None:
    _mails(request).clear()


@router.get("/api/mails/{mail_id}")
def get_mail(request: Request, mail_id: str) -> dict[str, Any]:
    return _whole(_mails(request), _find(request, mail_id))


@router.get("/", response_class=HTMLResponse)
def show_list(request: Request, to: str | None = None) -> HTMLResponse:
    return _page("list.html", mails=_mails(request).list(to), to=to or "")


@router.get("/mails/{mail_id}", response_class=HTMLResponse)
def show_mail(request: Request, mail_id: str) -> HTMLResponse:
    mail = _find(request, mail_id)
    return _page("mail.html", mail=mail, whole=_whole(_mails(request), mail))


@router.get("/mails/{mail_id}/html", response_class=HTMLResponse)
def show_html(request: Request, mail_id: str) -> HTMLResponse:
    content = content_of(_mails(request).message(_find(request, mail_id)))
    return HTMLResponse(
        f'<base target="_blank">{content.html or ""}',
        headers={"Content-Security-Policy": MAIL_POLICY},
    )


@router.get("/mails/{mail_id}/raw")
def show_raw(request: Request, mail_id: str) -> Response:
    raw = _mails(request).raw(_find(request, mail_id))
    return Response(raw, media_type="text/plain", headers={"X-Content-Type-Options": "nosniff"})


@router.get("/mails/{mail_id}/attachments/{number}")
def get_attachment(request: Request, mail_id: str, number: int) -> Response:
    attachments = content_of(_mails(request).message(_find(request, mail_id))).attachments
    if not 0 <= number < len(attachments):
        raise HTTPException(HTTP_404_NOT_FOUND, "The mail has no such attachment.")
    part = attachments[number]
    return Response(
        part.get_payload(decode=True),
        media_type="application/octet-stream",
        headers={"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"},
    )


def _mails(request: Request) -> Mails:
    mails: Mails = request.app.state.mails
    return mails


def _find(request: Request, mail_id: str) -> Mail:
    mail = _mails(request).find(mail_id)
    if mail is None:
        raise HTTPException(HTTP_404_NOT_FOUND, "No such mail.")
    return mail


def _row(mail: Mail) -> dict[str, Any]:
    return {
        "id": mail.id,
        "from": mail.sender,
        "to": list(mail.recipients),
        "subject": mail.subject,
        "received_at": mail.received_at.isoformat(),
        "message_id": mail.message_id,
    }


def _whole(mails: Mails, mail: Mail) -> dict[str, Any]:
    message = mails.message(mail)
    content = content_of(message)
    return {
        **_row(mail),
        "text": content.text,
        "html": content.html,
        "calendar": content.calendar,
        "headers": {name: str(value) for name, value in message.items()},
        "attachments": [
            {
                "filename": part.get_filename(),
                "content_type": part.get_content_type(),
                "size": len(part.get_payload(decode=True) or b""),
            }
            for part in content.attachments
        ],
    }


def _template(name: str) -> str:
    return resources.files("doorpakken_local.mailbox").joinpath(name).read_text("utf-8")


_templates = Environment(loader=FunctionLoader(_template), autoescape=True)


def _page(name: str, **shown: Any) -> HTMLResponse:
    return HTMLResponse(
        _templates.get_template(name).render(shown),
        headers={"Content-Security-Policy": PAGE_POLICY},
    )
