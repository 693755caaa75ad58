"""Numbered pictures: the number can be read whatever has become of the picture."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from mystery.sheets.photo_desk import PreparedPhoto, desk
from tests.torture.pictures import draw_number, read_number


@pytest.mark.parametrize("number", [0, 1, 77, 40_001, 65_535])
def test_it_shows_its_number_after_the_server_has_drawn_it_anew(number: int) -> None:
    prepared = desk.prepare(draw_number(number))
    assert isinstance(prepared, PreparedPhoto)
    assert read_number(prepared.content) == number


def test_it_shows_its_number_at_a_quarter_of_its_size() -> None:
    with Image.open(io.BytesIO(draw_number(4242, large=True))) as picture:
        picture.thumbnail((picture.width // 4, picture.height // 4))
        target = io.BytesIO()
        picture.save(target, "JPEG", quality=60)
    assert read_number(target.getvalue()) == 4242


def test_it_draws_a_large_picture_that_is_sent_in_several_pieces() -> None:
    assert len(draw_number(8, large=True)) > 2 * 256 * 1024


def test_it_draws_no_two_pictures_alike() -> None:
    hashes = {hashlib.sha256(draw_number(number)).hexdigest() for number in range(50)}
    assert len(hashes) == 50


def test_it_draws_no_number_that_the_squares_cannot_show() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        draw_number(70_000)
