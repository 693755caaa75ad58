"""`mystery phone`: serve the application to phones of one's own network, and say on one screen how."""

from __future__ import annotations

import asyncio
import io
import os
import socket
import threading
from dataclasses import replace
from ipaddress import AddressValueError, IPv4Address
from pathlib import Path
from typing import Any, cast

import click
import segno
from waitress.server import BaseWSGIServer, create_server

from mystery.commands.application import open_application, stop
from mystery.commands.phone.authority import Authority, issue_certificate, open_authority
from mystery.commands.phone.front import Backends, make_context, open_listener, pass_connections
from mystery.commands.phone.guide import make_guide
from mystery.commands.phone.network import NoNetwork, find_address
from mystery.commands.serving import SERVER_OPTIONS
from mystery.commands.worker import hire_crew
from mystery.settings import Settings, read_settings

PORT = 8443
SCREEN = """\
Mystery is open to phones in your network at {address} (Ctrl-C stops it)

1. On the phone, in the same Wi-Fi, scan the code or type
       {typed}
   and download the certificate that is offered there.
2. Trust it, once a phone:
   Android  Settings, search "CA certificate", Install anyway, mystery.crt (then use Chrome)
   iPhone   Settings, Profile Downloaded, Install; then General, About,
            Certificate Trust Settings: switch "{authority}" on
3. Open {address} and sign in.
No answer? A guest Wi-Fi keeps its devices apart, and a firewall here may close port {port}."""


@click.command()
@click.option("--address", help="This machine's address in your network, where the one found is not right.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
def phone(address: str | None, port: int) -> None:
    """Open the application to phones in your own network over HTTPS, for trying it out."""
    chosen = choose_address(address)
    settings = adapt_settings(read_settings(os.environ), chosen, port)
    folder = settings.data_dir / "phone"
    authority, is_new = open_authority(folder, chosen)
    try:
        listener = open_listener(str(chosen), port)
    except OSError as error:
        stop(f"cannot listen on {chosen}:{port} ({error.strerror}); choose another --port or --address.")
    with listener:
        backends = start_backends(settings, authority)
        announce(settings, authority, is_new=is_new)
        with hire_crew(settings, 1):
            serve_until_stopped(listener, issue_certificate(authority, chosen, folder), backends)


def choose_address(given: str | None) -> IPv4Address:
    """The address that was given, or the one found; ends the command when there is none."""
    try:
        return IPv4Address(given) if given else find_address()
    except AddressValueError:
        stop(f"{given!r} is no address like 192.168.1.5")
    except NoNetwork as error:
        stop(f"{error}; connect it to the Wi-Fi of the phone, or name its --address.")


def adapt_settings(settings: Settings, address: IPv4Address, port: int) -> Settings:
    """The settings of an application that people reach at this address, with no other proxy in front."""
    return replace(settings, public_url=f"https://{address}:{port}", https=True, trusted_proxies=0)


def start_backends(settings: Settings, authority: Authority) -> Backends:
    """Start the application and the guide on free ports of this machine."""
    with open_application(settings) as app:
        guide = make_guide(app, authority, settings.public_url)
    return Backends(application=start_server(app, "https"), guide=start_server(guide, "http"))


def start_server(app: Any, scheme: str) -> int:
    """Serve a WSGI application behind this thread's back; returns its port."""
    options = {**SERVER_OPTIONS, "host": "127.0.0.1", "port": 0, "url_scheme": scheme}
    server = cast(BaseWSGIServer, create_server(app, map={}, **options))
    threading.Thread(target=server.run, daemon=True).start()
    return int(cast(socket.socket, server.socket).getsockname()[1])


def announce(settings: Settings, authority: Authority, *, is_new: bool) -> None:
    """Say what to do with the phone; everything fits on one screen."""
    typed = settings.public_url.removeprefix("https://")
    code = io.StringIO()
    segno.make(f"http://{typed}/", micro=False).terminal(code, compact=True, border=2)
    click.echo(code.getvalue())
    port = typed.rpartition(":")[2]
    click.echo(SCREEN.format(address=settings.public_url, typed=typed, authority=authority.name, port=port))
    if not is_new:
        click.echo("A phone that trusts the certificate from the last time opens the third line at once.")


def serve_until_stopped(listener: socket.socket, certificate: Path, backends: Backends) -> None:
    """Take connections until Ctrl-C."""
    context = make_context(certificate)
    # The event loop of Windows by default cannot look at a connection before it reads from it.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        try:
            runner.run(pass_connections(listener, context, backends))
        except KeyboardInterrupt:
            click.echo("Stopped.")
