"""`detente serve`: the desk on this machine's own address."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from detente.cli import console


def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8765,
    host: Annotated[str, typer.Option("--host", help="Address to listen on; any but this machine's own needs --token.")] = "127.0.0.1",
    token: Annotated[
        str | None, typer.Option("--token", help="What whoever comes from elsewhere must give, 16 characters or more.", show_default=False)
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Refuse to fetch an address that is brought in; nothing leaves the machine.")] = False,
) -> None:
    """Open the desk: pages in the browser to see what is known by a day, to review what was proposed, and to bring in texts."""
    import uvicorn

    from detente.desk.application import application
    from detente.desk.guard import loopback
    from detente.errors import InputError
    from detente.read.outcomes import Limits

    if not loopback(host) and len(token or "") < 16:
        do = f"choose one, for example --token {secrets.token_urlsafe(24)}, or leave --host out"
        raise InputError("a token of 16 characters or more with --host", came="others could read and change the ledger", do=do)
    chosen = console.settings(ctx)
    desk = application(chosen.data, host=host, token=token, limits=Limits(offline=offline or chosen.offline))
    console.out.print(f"the desk is at http://{host}:{port}/ (Ctrl-C ends it)", markup=False)
    uvicorn.run(desk, host=host, port=port, log_level="warning")
