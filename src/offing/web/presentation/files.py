"""Files to take away, sent while they are made."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import HTTPException, Request
from starlette.responses import StreamingResponse

from offing.model.operation.activity import Activity, ActivityKind
from offing.services.views.downloads import DownloadFormat, offered
from offing.store.accounts.activity import note
from offing.web.access import place_of, visitor_of

_MEDIA = {
    DownloadFormat.CSV: "text/csv; charset=utf-8",
    DownloadFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DownloadFormat.JSON: "application/json",
}


def sent_as_file(
    request: Request, chunks: Iterator[bytes], kind: DownloadFormat, name: str, about: str
) -> StreamingResponse:
    """Return a file as the answer, after noting in the activity log what was taken.

    Args:
        request: who asks.
        chunks: the file; nothing of it is made before it is sent.
        kind: its format.
        name: of the file, without day and suffix.
        about: what it has, for the log.

    Raises:
        HTTPException: 404, this site does not write the format.
    """
    if kind not in offered():
        raise HTTPException(404, "This site writes no XLSX files: take CSV, or ask ops for pip install 'offing[xlsx]'.")
    place, visitor = place_of(request), visitor_of(request)
    now = place.clock()
    with place.database.write() as conn:
        note(conn, Activity(now, ActivityKind.EXPORT, visitor.user.name if visitor else "", about[:200]))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{now:%Y-%m-%d}.{kind}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(chunks, media_type=_MEDIA[kind], headers=headers)
