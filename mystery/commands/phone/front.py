"""The front: one port that answers HTTPS with the application, and plain HTTP with how to get there.

Who types the bare address into a phone arrives by plain HTTP. So the first byte of each connection is
looked at: a TLS handshake begins with 22, a request with a letter. The rest is passed through unread.
For the application everybody then comes from this machine, and failed sign-ins are counted together: good
enough for trying it, while a real installation has a real reverse proxy (deploy/README.md).
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

HANDSHAKE = b"\x16"
SECONDS_TO_BEGIN = 20
SECONDS_TO_END = 2
SECONDS_OF_SILENCE = 300
MOST_WAITING = 128
BLOCK = 64 * 1024


@dataclass(frozen=True)
class Backends:
    """The ports on this machine behind the front."""

    application: int
    guide: int


class Stream(NamedTuple):
    """One end of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


def open_listener(address: str, port: int) -> socket.socket:
    """A socket that phones can connect to; raises OSError when the port is taken."""
    listener = socket.create_server((address, port), backlog=MOST_WAITING)
    listener.setblocking(False)
    return listener


def make_context(certificate: Path) -> ssl.SSLContext:
    """TLS 1.2 and newer, with the certificate and key of a file."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    context.set_alpn_protocols(["http/1.1"])
    return context


async def pass_connections(listener: socket.socket, context: ssl.SSLContext, backends: Backends) -> None:
    """Take connections until cancelled."""
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as connections:
        while True:
            connection, _address = await loop.sock_accept(listener)
            connection.setblocking(False)
            connections.create_task(_pass_connection(connection, context, backends))


async def _pass_connection(connection: socket.socket, context: ssl.SSLContext, backends: Backends) -> None:
    try:
        async with asyncio.timeout(SECONDS_TO_BEGIN):
            is_safe = await _peek(connection) == HANDSHAKE
        port = backends.application if is_safe else backends.guide
        async with (
            _open(asyncio.open_connection("127.0.0.1", port)) as inside,
            _open(_take_over(connection, context if is_safe else None)) as outside,
            asyncio.TaskGroup() as both,
        ):
            both.create_task(_pump(outside.reader, inside.writer))
            both.create_task(_pump(inside.reader, outside.writer))
    except* (OSError, TimeoutError):
        # A phone that goes out of reach in the middle is nothing to report.
        pass
    finally:
        connection.close()


async def _peek(connection: socket.socket) -> bytes:
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(connection, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(connection)
    return connection.recv(1, socket.MSG_PEEK)


async def _take_over(
    connection: socket.socket, context: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=BLOCK)
    protocol = asyncio.StreamReaderProtocol(reader)
    limits = {"ssl_handshake_timeout": SECONDS_TO_BEGIN, "ssl_shutdown_timeout": SECONDS_TO_END}
    transport, _protocol = await loop.connect_accepted_socket(
        lambda: protocol, connection, ssl=context, **(limits if context else {})
    )
    return reader, asyncio.StreamWriter(transport, protocol, reader, loop)


@asynccontextmanager
async def _open(
    opening: Coroutine[None, None, tuple[asyncio.StreamReader, asyncio.StreamWriter]],
) -> AsyncIterator[Stream]:
    """One end of a connection, closed when the block ends."""
    stream = Stream(*await opening)
    try:
        yield stream
    finally:
        stream.writer.close()
        with suppress(OSError):
            await stream.writer.wait_closed()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    """Pass on what comes until the source ends, and then end the target as well."""
    while block := await asyncio.wait_for(source.read(BLOCK), SECONDS_OF_SILENCE):
        target.write(block)
        await target.drain()
    if target.can_write_eof():
        target.write_eof()
    else:
        target.close()
